/** Whether a value of a kind of Python's own, or a tensor, has an attribute: what `hasattr(outputs, "logits")` asks. */
import { findOperation } from "../../ops/registry";
import { type TensorValue } from "../../ops/value";
import { type Value } from "./value";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const ofSequences = "count index";
const ofLists =
  "append clear copy extend insert pop remove reverse sort appendleft extendleft popleft rotate maxlen add difference " +
  "difference_update discard intersection intersection_update isdisjoint issubset issuperset symmetric_difference " +
  "symmetric_difference_update union update close send throw gi_frame gi_running gi_code gi_yieldfrom start stop step mapping";
const ofDicts =
  "clear copy fromkeys get items keys pop popitem setdefault update values move_to_end default_factory elements " +
  "most_common subtract total maps new_child parents data";

/** One kind of ours stands for several of Python's, such as lists, sets and generators: it has the names of all. */
const namesOfKinds: Partial<Record<Value["kind"], ReadonlySet<string>>> = {
  list: words(`${ofSequences} ${ofLists}`),
  tuple: words(ofSequences),
  size: words(`${ofSequences} numel`),
  dict: words(ofDicts),
  none: new Set(),
};

/** What tensors have that is no operation, in PyTorch 1.13 to 2.x. */
const namesOfTensors = words(
  "H T align_as align_to apply_ as_strided_scatter as_subclass backward ccol_indices chalf col_indices crow_indices data " +
    "dequantize device dim dim_order dtype eig grad grad_dtype grad_fn imag indices int_repr is_cpu is_cuda is_ipu is_leaf " +
    "is_maia is_meta is_mkldnn is_mps is_mtia is_nested is_ort is_quantized is_sparse is_sparse_csr is_vulkan is_xla " +
    "is_xpu item itemsize layout lstsq matmul mH mT map2_ map_ module_load mtia name names nbytes ndim ndimension numel " +
    "numpy ormqr output_nr q_per_channel_axis q_per_channel_scales q_per_channel_zero_points q_scale q_zero_point qscheme real " +
    "record_stream refine_names register_hook register_post_accumulate_grad_hook reinforce rename requires_grad resize_as_sparse_ " +
    "retains_grad row_indices set_ shape share_memory_ size slice_inverse slice_scatter smm solve sparse_mask sparse_resize_ " +
    "sparse_resize_and_clear_ sspaddmm storage storage_type symeig to_padded_tensor to_sparse_bsc to_sparse_bsr " +
    "to_sparse_coo to_sparse_csc to_sparse_csr tolist typed_storage untyped_storage values volatile xla xpu",
);

/** What a tensor has that is asked for and not called. */
const properties =
  /^(is_(cpu|cuda|ipu|leaf|maia|meta|mkldnn|mps|mtia|nested|ort|quantized|sparse\w*|vulkan|xla|xpu)|grad_\w+|itemsize|layout|names?|nbytes|output_nr|qscheme|retains_grad|volatile|_\w*)$/;

/** Whether a tensor has a method of that name; a program may give its parameters other names, which are no methods. */
export function isTensorMethod(name: string): boolean {
  return !properties.test(name) && (name.startsWith("__") || isTensorName(name));
}

export function isTensorName(name: string): boolean {
  const isOperation = [name, name.replace(/_$/, "")].some((one) => findOperation(`Tensor.${one}`) !== undefined);
  return isOperation || namesOfTensors.has(name);
}

/** What only some of these versions have. */
const newer =
  /^(untyped_storage|itemsize|nbytes|module_load|dim_order|register_post_accumulate_grad_hook|mtia|is_mtia|is_maia|rename_|nonzero_static|hash_tensor)$/;

const marked = new WeakSet<object>();

/** Tells that the program gives a tensor an attribute of its own. */
export function markTensor(value: TensorValue): void {
  marked.add(value);
  if (value.producer) marked.add(value.producer);
}

const isMarked = (value: TensorValue): boolean =>
  marked.has(value) || (value.producer !== undefined && marked.has(value.producer));

/** How a value is used as a whole: what asks for a list or a function asks for one of these. */
const uses: ReadonlyMap<string, readonly Value["kind"][]> = new Map([
  ["__iter__", ["list", "tuple", "size", "dict", "str", "tensor"]],
  ["__len__", ["tuple", "size", "dict", "str", "tensor"]],
  ["__getitem__", ["tuple", "size", "dict", "str", "tensor"]],
  ["__call__", ["function", "method", "partial"]],
]);

const plainKinds: readonly Value["kind"][] = ["none", "bool", "int", "float"];

/** What `dir(value)` is: a call of this on the value, which has the names that the value has. */
export const namesOfObject = "builtins.<names>";

/** Undefined where the kind does not tell. */
export function kindHas(value: Value, name: string): boolean | undefined {
  if (name.startsWith("__")) {
    const kinds = uses.get(name);
    return kinds?.includes(value.kind) ? true : kinds && plainKinds.includes(value.kind) ? false : undefined;
  }
  if (name.startsWith("_") || (value.kind === "dict" && value.owner) || (value.kind === "tuple" && value.names))
    return undefined;
  // A program may mark its parameters, and other tensors, with names of its own; newer versions have some more.
  if (value.kind === "tensor" && (value.stored || isMarked(value) || newer.test(name))) return undefined;
  if (value.kind === "tensor") return isTensorName(name);
  if (value.kind === "tuple" && name === "numel") return undefined;
  return namesOfKinds[value.kind]?.has(name);
}
