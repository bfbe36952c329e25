// Programs that are hard to draw: many links, shared objects, frames that come back, deep stacks.

export const HARD: Readonly<Record<string, string>> = {
  recursion: `def count(n):
    if n == 0:
        return 0
    return 1 + count(n - 1)
count(14)
`,
  generators: `def numbers(items):
    for each in items:
        got = yield each
        if got:
            items.append(got)
def doubled(source):
    yield from (2 * each for each in source)
stock = [1, 2]
first = numbers(stock)
next(first)
first.send(5)
print(list(doubled(first)))
`,
  exceptions: `log = []
def risky(n, seen=log):
    seen.append(n)
    try:
        if n == 0:
            raise ValueError('zero')
        return risky(n - 1)
    except ValueError as e:
        seen.append(str(e))
        raise KeyError(n) from e
    finally:
        seen.append('end')
try:
    risky(2)
except KeyError as error:
    kept = error
risky(1)
`,
  classes: `class Ward:
    beds = []
    def __init__(self, name, staff):
        self.name, self.staff = name, staff
        self.beds.append(name)
    def add(self, who):
        self.staff.append(who)
        return self
    @classmethod
    def empty(cls): return cls('new', [])
    @property
    def size(self): return len(self.staff)
team = ['Ada']
north, south = Ward('north', team), Ward('south', team)
north.add('Ben').add('Cem')
same = north
Ward.empty()
print(south.size)
`,
  aliases: `grid = [[0] * 2] * 3
grid[0][0] = 1
rows = [grid[0], grid[1]]
pair = (grid, {'rows': rows})
def fill(table, value, seen={}):
    for row in table:
        row[1] = value
    seen[value] = table
    return seen
fill(grid, 7)
a = b = set()
b |= {1}
a.add(2)
loop = []
loop.append(loop)
copy = list(grid)
del rows
`,
  closures: `def outer(items):
    def middle():
        def inner(more):
            items.extend(more)
            return lambda: items
        return inner
    return middle
things = []
inner = outer(things)()
give = inner([1])
inner(things)
make = [lambda x, k=k: x + k for k in range(3)]
total = sum(f(1) for f in make)
`,
  decorators: `from functools import wraps, partial, lru_cache
def times(n, *, log):
    def deco(func):
        @wraps(func)
        def wrapper(*args, **kwargs):
            log.append(args)
            return [func(*args, **kwargs) for _ in range(n)]
        return wrapper
    return deco
notes = []
@times(2, log=notes)
def hello(name, /, mark='!'):
    return name + mark
hello('Ada')
half = partial(hello, mark='?')
half('Ben')
@lru_cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(sorted([3, 1, 2], key=lambda each: -fib(each)))
`,
  many: `a1 = []
a2 = a1
b1 = {}
b2 = b1
c1, d1, e1, f1, g1, h1, i1, j1 = [1], [2], [3], [4], [5], [6], [7], [8]
c2, d2, e2, f2, g2, h2, i2, j2 = c1, d1, e1, f1, g1, h1, i1, j1
def show(a_name_of_a_rather_long_parameter, another=a1):
    a_name_of_a_rather_long_parameter.append('a text that is longer than any column of the picture is wide')
    another.append(a_name_of_a_rather_long_parameter)
show(c1)
`,
};
