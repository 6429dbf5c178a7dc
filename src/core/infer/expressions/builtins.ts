/** The names that mean something in Python without an import. */

const callables =
  "abs all any bool bytes callable chr classmethod complex delattr dict dir divmod enumerate eval exec filter float format " +
  "frozenset getattr globals hasattr hash hex id input int isinstance issubclass iter len list locals map max min next object open " +
  "ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip __import__";

const exceptions =
  "ArithmeticError AssertionError AttributeError BaseException Exception FileNotFoundError FloatingPointError ImportError " +
  "IndexError KeyError KeyboardInterrupt LookupError ModuleNotFoundError NameError NotImplementedError OSError " +
  "OverflowError RuntimeError StopIteration TypeError ValueError ZeroDivisionError Warning UserWarning " +
  "DeprecationWarning FutureWarning RuntimeWarning NotImplemented Ellipsis";

export const builtinNames: ReadonlySet<string> = new Set(`${callables} ${exceptions}`.split(" "));
