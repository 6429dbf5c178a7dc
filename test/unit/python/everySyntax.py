"""Every kind of statement, expression and pattern of Python 3.11, for comparison with CPython's own tree."""

from __future__ import annotations

import os, os.path as path
from .. import sibling
from ...package.module import (first as one, second,)
from . import *

global_name = other = 1, *range(3)
(in_parentheses) = [a, (b), *c] = (((value)))
annotated: int
(annotated): "str" = ("x")
holder.field[0]: dict[str, int] = {}
x += 1; x -= 1; x *= 2; x /= 2; x //= 2; x %= 2; x **= 2; x @= m; x <<= 1; x >>= 1; x &= 1; x |= 1; x ^= 1;
del x, (y, z), a[0], b.c
host, *rest = endpoint, *[]
spread = *"ab", *(1, 2), *f(x)


@decorator
@package.decorator(1, *args, key=2, **options)
# between
async def function(a, b: int = 1, /, c=2, *args: int, d, e: str = "", **kwargs: object) -> list[int]:
    """Documentation."""
    global g1, g2
    async with open(a) as f, lock:
        await f
    async for i, in source:
        yield i
    else:
        pass
    return [await x ** 2 async for x in y if x if not x for z in x]


def bare(*, a): nonlocal_ = lambda: 0; return


class Empty: pass


class Full(Base, *bases, metaclass=Meta, **options):
    field: int = 3

    def method(self): return (yield), (yield 1), (yield from self)


if a: pass
elif b:
    pass;
elif c: x; y;
else:
    pass  # comment

while (n := next(it)) is not None:
    if n: continue
    break
else:
    pass

for x in 1, 2, *more: pass
for (y) in [1]: pass
for a.b, c[0] in d: pass

try:
    raise
except (A, B) as error:
    raise error from None
except C:
    raise D
except:
    pass
else:
    pass
finally:
    assert x, "message"

try:
    pass
except* (A, B) as group:
    pass
except* C:
    pass

with (a): pass
with (a, b): pass
with (a, b) as c: pass
with (a as b, c as (d, e),): pass
with (yield x) as y, z[0]() as w.v: pass
with (a) as b, (c): pass

match command.split(), 1:
    case [] | () | [_] | (x,) | [x, *_] | [*rest, (a, b)]:
        pass
    case -1 | 1.5 | -2 + 3j | 1 - 2j | "a" "b" | b"c" | None | True | False:
        pass
    case Point(x=0, y=-1) | Point() | geometry.Point(1, [2], z={"k": v, a.b: 1, -1: 2, **others}):
        pass
    case {} | {**everything}:
        pass
    case (x) as y if y > 1:
        pass
    case a, b,:
        pass
    case a.b.c, *_:
        pass
    case str() | None as value:
        pass
    case _:
        pass
match = case = type = _ = 1
match(x)
match[x]
match.x
type(x).y = 1
type[x]
print(x, file=y)

a or b and not c or d and (e and f) and g
a < b <= c == d != e > f >= g is h is not i in j not in k
-a ** -b ** c
not -~+a
a & b ^ c & d | e ^ f & g
a + b - c * d / e // f % g @ h << i >> j
(a + b) * (c)
a if b else c if d else e
lambda: 0
lambda a, /, b=1, *c, d=2, **e: (a, b)
lambda *, a: a
[lambda: x for x in (lambda: y, 1)] if 0 else ()
f(x for x in y)(a)(*b, c, d=e, **f)(g,)
f(a)(b for b in c if d)
f(**a, **b)
a[b]; a[b:c]; a[::]; a[b:c:d, ..., None, -1:]; a[b,]; a[:, *c]; a[(b, c)]
{}; {1}; {1, *a}; {**a, "b": c, **d}; {k: v for k, v in items}; {x for x in y}
(); (a,); (a); [*a, b]; [a for b in c for d in e if f]
... ; None; True; False
0; 0xFF; 0o17; 0b11; 1_000; 1.; .5; 1e10; 1_0.0_1e-1_0; 2j; 1.5e3J; 123456789012345678901234567890
'a' "b" '''c
d''' """e\
f"""
r'\n\'' R"\\"; b'\x00\377\'\
\"' Rb"\x"; "\a\b\f\v\101\x41\u00e9\U0001F600\d" u"x" '\777'
f"{a}" f'{a!r:>{width}.{precision}}' "b" f"{{}}{a}{{{b}}}" F"{a['k']}" rf"\n{a}\{b}"
f"{a=}" f"{a = !s:x}" f"{a:%H:%M} {{x}}" f"{lambda_}" f"{(lambda: 1)}" f"{a,}" f"{yield_}" f'''{
a}
'''
f"é{x}漢😀{y}" "😀"; after_emoji
x = "漢字"; Ünïcode = ﬁ = 1
if x:
	tab = 1
a = \
    b + \
    c
(a  # comment
 .b  # another
 .c())


class __Private_:
    __slot = 1

    def __method(self, __value, *, __key=2):
        self.__slot.__other__ = __value
        return [__each for __each in self.__items(__key)]

    class Inner:
        __slot = __value = 2
