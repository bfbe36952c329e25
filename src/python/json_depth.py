"""Lists in lists in lists: json counts how deep they go before its C code does.

C code that calls itself uses up the browser's stack, which ends Python; the same in Python's own code is
a RecursionError. So whatever is too deep goes to the version of json that is written in Python.
"""

import json
import json.encoder
import re

DEPTH_MAX = 200
NESTED = (list, tuple, dict)

_c_encoder, _python_encoder = json.encoder.c_make_encoder, json.encoder._make_iterencode
_raw_decode = json.JSONDecoder.raw_decode
_marks = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]').findall
_Error = RecursionError


def guard():
    json.encoder.c_make_encoder = _encoder
    json.JSONDecoder.raw_decode = _decode


def _encoder(markers, default, text, indent, key_separator, item_separator, sort_keys, skip_keys, allow_nan):
    settings = (key_separator, item_separator, sort_keys, skip_keys)
    quick = _c_encoder(markers, default, text, indent, *settings, allow_nan)

    def encode(value, level):
        if _fits(value):
            return quick(value, level)
        return list(_python_encoder(markers, default, text, indent, float.__repr__, *settings, True)(value, level))

    return encode


def _fits(value):
    level = [value] if isinstance(value, NESTED) else []
    for _ in range(DEPTH_MAX):
        inner = [each.values() if isinstance(each, dict) else each for each in level]
        # A list that stands in two places is looked at once.
        found = {id(child): child for each in inner for child in each if isinstance(child, NESTED)}
        if not found:
            return True
        level = list(found.values())
    return False


def _decode(self, text, idx=0):
    depth = 0
    if text.count("[") + text.count("{") > DEPTH_MAX:
        for mark in _marks(text):
            depth += 1 if mark in "[{" else -1 if mark in "]}" else 0
            if depth > DEPTH_MAX:
                raise _Error("maximum recursion depth exceeded while decoding a JSON document")
    return _raw_decode(self, text, idx)
