/** Element types and how PyTorch combines them (https://pytorch.org/docs/stable/tensor_attributes.html#torch.dtype). */

/** Every element type by its canonical name, with the names that mean the same. */
const names: Record<string, readonly string[]> = {
  bool: [],
  uint8: [],
  int8: [],
  int16: ["short"],
  int32: ["int"],
  int64: ["long"],
  float16: ["half"],
  bfloat16: [],
  float32: ["float"],
  float64: ["double"],
  complex64: ["cfloat"],
  complex128: ["cdouble"],
};

export type DType = string;

const canonical = new Map(Object.entries(names).flatMap(([name, others]) => [name, ...others].map((n) => [n, name])));

/** `long` or `int64` to `int64`; undefined for a name that is no element type. */
export function dtypeOf(name: string): DType | undefined {
  return canonical.get(name);
}

const order = Object.keys(names);

/** Boolean, integer, floating or complex. */
export function categoryOf(dtype: DType): number {
  const at = order.indexOf(dtype);
  return at === 0 ? 0 : at < 6 ? 1 : at < 10 ? 2 : 3;
}

/** The type of an element-wise result of two tensors of at least one dimension; unknown where either is. */
export function promote(a: DType | undefined, b: DType | undefined): DType | undefined {
  if (a === undefined || b === undefined || a === b) return a === b ? a : undefined;
  const pair = [a, b].sort((x, y) => order.indexOf(x) - order.indexOf(y));
  const [low, high] = pair as [string, string];
  if (low === "float16" && high === "bfloat16") return "float32";
  if (low === "uint8" && categoryOf(high) === 1) return high === "int8" ? "int16" : high;
  return low === "float64" && high === "complex64" ? "complex128" : high;
}

/** Likewise with the ranks: a tensor of no dimensions counts only where its category is the higher one. */
export function promoteRanked(a: Typed, b: Typed): DType | undefined {
  if (a.dtype === undefined || b.dtype === undefined) return undefined;
  if (a.isNumber === b.isNumber) return promote(a.dtype, b.dtype);
  const [number, other] = a.isNumber ? [a.dtype, b.dtype] : [b.dtype, a.dtype];
  if (categoryOf(number) <= categoryOf(other)) return other;
  // Beside fractions a complex number is made of parts like them.
  return categoryOf(other) === 2 ? complexType(other) : number;
}

export interface Typed {
  readonly dtype: DType | undefined;
  /** It has no dimensions. */
  readonly isNumber: boolean;
}

/** The type of a Python number of a category beside a tensor: it changes the tensor's type only by a higher category. */
export function promoteScalar(tensor: DType | undefined, category: 0 | 1 | 2): DType | undefined {
  if (tensor === undefined) return undefined;
  if (categoryOf(tensor) >= category) return tensor;
  return category === 2 ? "float32" : "int64";
}

/** True division and most functions of analysis give floating results for integers. */
export function toFloating(dtype: DType | undefined): DType | undefined {
  return dtype !== undefined && categoryOf(dtype) < 2 ? "float32" : dtype;
}

/** The type of the parts of a complex number. */
export function partType(dtype: DType | undefined): DType | undefined {
  return dtype === "complex64" ? "float32" : dtype === "complex128" ? "float64" : dtype;
}

/** The type of complex numbers of such parts. */
export function complexType(dtype: DType | undefined): DType | undefined {
  return dtype === "float32" ? "complex64" : dtype === "float64" ? "complex128" : undefined;
}

/** How many bytes an element takes. */
export function bytesOf(dtype: DType): number {
  if (dtype === "bool") return 1;
  return Number(/\d+$/.exec(dtype)?.[0] ?? 0) / 8;
}
