"""Shows a value as short text, and packs a value as data, without trusting it.

A learner's class may have a __repr__ that fails, prints or never ends, and a learner's program may
replace len or isinstance. So nothing here calls a method of a learner's class, and every builtin in
use is taken below, before any learner code runs.
"""

import collections
import datetime
import decimal
import fractions
import types

_len, _type, _iter, _next, _ord, _str, _repr = len, type, iter, next, ord, str, repr
_format_int, _format_float = int.__repr__, float.__repr__
_read_attribute = object.__getattribute__
# A class of a class may say that it is equal to list: types are looked up by their id.
_id = id
_is_subclass = type.__subclasscheck__
_type_name = type.__dict__["__name__"].__get__
_error = Exception

TEXT_CHARACTERS_MAX = 160
ITEMS_MAX = 12
DEPTH_MAX = 3
INT_BITS_MAX = 1024
DATA_DEPTH_MAX = 20
DATA_ITEMS_MAX = 5_000

CALLABLES = frozenset(map(id, (types.BuiltinFunctionType, types.MethodType, types.MethodWrapperType)))
# The repr of these types is written in C or in the standard library, and holds no learner's value.
PLAIN = frozenset(
    map(
        id,
        (
            bool,
            type(None),
            type(NotImplemented),
            type(Ellipsis),
            float,
            complex,
            bytes,
            bytearray,
            range,
            decimal.Decimal,
            fractions.Fraction,
            datetime.date,
            datetime.datetime,
            datetime.time,
            datetime.timedelta,
        ),
    )
)
BRACKETS = {
    id(list): ("[", "]"),
    id(tuple): ("(", ")"),
    id(set): ("{", "}"),
    id(frozenset): ("frozenset({", "})"),
    id(collections.deque): ("deque([", "])"),
}
DICTS = frozenset(map(id, (dict, collections.OrderedDict, collections.defaultdict, collections.Counter)))
CHANGEABLE = DICTS | frozenset(map(id, (list, set, bytearray, collections.deque)))
PACKED = frozenset(map(id, (list, tuple, set, frozenset)))
# Neither changes, nor holds anything.
ATOMS = frozenset(map(id, (int, str, bool, float, type(None), bytes)))


def name_of_type(value):
    return _type_name(_type(value))


def is_function(value):
    return _type(value) is types.FunctionType


def is_class(value):
    """isinstance(value, type), without asking the value for its __class__."""
    return _is_subclass(type, _type(value))


def is_changeable(value):
    """Whether two names can share `value` and one of them sees what the other changed."""
    kind = _id(_type(value))
    return kind in CHANGEABLE or kind not in ATOMS and is_instance_of_own_class(value)


def is_instance_of_own_class(value):
    """An object of a class that Python code made, with names of its own inside."""
    kind = _type(value)
    if _id(kind) in PLAIN or kind is types.FunctionType or kind is types.ModuleType or _is_subclass(type, kind):
        return False
    return own_names(value) is not None


def is_atom(value):
    """Whether it is a number, a text or None: nothing can stand inside."""
    return _id(_type(value)) in ATOMS


def changeable_inside(value):
    """The changeable objects that stand directly in `value`, as often as they stand there."""
    kind = _id(_type(value))
    if kind in BRACKETS:
        items = value
    elif kind in DICTS:
        items = dict.values(value)
    elif kind not in ATOMS and is_instance_of_own_class(value):
        items = dict.values(own_names(value))
    else:
        return []
    found, count = [], 0
    for item in _iter(items):
        count += 1
        if count > ITEMS_MAX:
            break
        if is_changeable(item):
            found.append(item)
    return found


def own_names(value):
    """The __dict__ of an instance, or None. Does not run the learner's __getattribute__."""
    try:
        names = _read_attribute(value, "__dict__")
    except _error:
        return None
    return names if _type(names) is dict else None


def show(value, found=None):
    """Text of at most TEXT_CHARACTERS_MAX characters. Functions met on the way are added to `found`."""
    text = _show(value, 0, found, [TEXT_CHARACTERS_MAX * 2])
    return text if _len(text) <= TEXT_CHARACTERS_MAX else text[: TEXT_CHARACTERS_MAX - 3] + "..."


def _show(value, depth, found, budget):
    kind = _type(value)
    if kind is str:
        cut = value if _len(value) <= TEXT_CHARACTERS_MAX else value[:TEXT_CHARACTERS_MAX] + "..."
        text = _repr(cut)
    elif kind is int:
        bits = value.bit_length()
        text = _format_int(value) if bits <= INT_BITS_MAX else f"<int of {bits} bits>"
    elif _id(kind) in PLAIN:
        text = _repr(value[:TEXT_CHARACTERS_MAX] if kind is bytes or kind is bytearray else value)
    elif kind is types.FunctionType:
        if found is not None:
            found.append(value)
        text = f"<function {value.__name__}>"
    elif _id(kind) in CALLABLES:
        text = f"<method {value.__name__}>" if kind is types.MethodType else f"<function {value.__name__}>"
        if found is not None and kind is types.MethodType and is_function(value.__func__):
            found.append(value.__func__)
    elif kind is types.ModuleType:
        text = f"<module {(own_names(value) or {}).get('__name__', '?')}>"
    elif _is_subclass(type, kind):
        text = f"<class {_type_name(value)}>"
    elif _id(kind) in BRACKETS:
        text = _show_items(value, depth, found, budget)
    elif _id(kind) in DICTS:
        text = _show_pairs(value, depth, found, budget)
    else:
        text = _show_instance(value, depth, found, budget)
    budget[0] -= _len(text)
    return text


def _show_items(value, depth, found, budget):
    kind = _type(value)
    opening, closing = BRACKETS[_id(kind)]
    if kind is set and not value:
        return "set()"
    parts = _parts(_iter(value), depth, found, budget, lambda item: _show(item, depth + 1, found, budget))
    comma = "," if kind is tuple and _len(value) == 1 else ""
    return opening + ", ".join(parts) + comma + closing


def _show_pairs(value, depth, found, budget):
    def one(pair):
        key = _show(pair[0], depth + 1, found, budget)
        return f"{key}: {_show(pair[1], depth + 1, found, budget)}"

    parts = _parts(_iter(dict.items(value)), depth, found, budget, one)
    body = "{" + ", ".join(parts) + "}"
    return body if _type(value) is dict else f"{name_of_type(value)}({body})"


def _show_instance(value, depth, found, budget):
    names = own_names(value)
    head = f"<{name_of_type(value)}"
    if not names:
        return head + ">"

    def one(pair):
        return f"{pair[0]}={_show(pair[1], depth + 1, found, budget)}"

    # Python's own names, as update_wrapper writes them into an object, would hide the others.
    own = (pair for pair in dict.items(names) if _type(pair[0]) is not str or pair[0][:2] != "__")
    return " ".join([head, *_parts(own, depth, found, budget, one)]) + ">"


def _parts(items, depth, found, budget, one):
    """The items as text, until the depth, the count or the budget is used up; then three dots."""
    parts = []
    try:
        for item in items:
            if depth >= DEPTH_MAX or _len(parts) >= ITEMS_MAX or budget[0] <= 0:
                parts.append("...")
                break
            parts.append(one(item))
    except RuntimeError:
        # A thread changed the container while it was read; what was read so far is shown.
        parts.append("...")
    return parts


def pack(value):
    """The value as plain data for the judge (PythonData in messages.ts)."""
    return _pack(value, 0, [DATA_ITEMS_MAX])


def _pack(value, depth, budget):
    kind = _type(value)
    budget[0] -= 1
    if value is None:
        return {"type": "None"}
    if kind is bool:
        return {"type": "bool", "value": value}
    if kind is int and value.bit_length() <= INT_BITS_MAX * 8:
        return {"type": "int", "text": _format_int(value)}
    if kind is float:
        return {"type": "float", "text": _format_float(value)}
    if kind is str:
        return {"type": "str", "text": str.encode(value, "utf-8", "replace").decode()}
    if kind is bytes:
        return {"type": "bytes", "text": value.hex()}
    if kind is types.FunctionType:
        return {"type": "function", "name": value.__name__, "text": show(value)}
    if depth < DATA_DEPTH_MAX and budget[0] > 0:
        if _id(kind) in PACKED:
            items = [_pack(item, depth + 1, budget) for item in value]
            return {"type": _type_name(kind), "items": items}
        if _id(kind) in DICTS:
            pairs = [
                [_pack(key, depth + 1, budget), _pack(item, depth + 1, budget)]
                for key, item in dict.items(value)
            ]
            return {"type": "dict", "pairs": pairs}
    return {"type": "other", "name": _type_name(kind), "text": show(value)}
