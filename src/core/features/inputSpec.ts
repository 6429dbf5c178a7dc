/** Inputs for a model as people write them: `2,3,224,224`, `8x16:int64`. */
import { type DType, dtypeOf } from "../ops/dtype";

export interface InputSpec {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Reads one input; a string says what is wrong with it. */
export function readInputSpec(text: string): InputSpec | string {
  const [sizes = "", type = "float32"] = text.split(":").map((part) => part.trim());
  const dtype = dtypeOf(type.replace(/^torch\./, ""));
  if (dtype === undefined) return `"${type}" is no element type of PyTorch.`;
  const bare = sizes.replace(/^[([]|[)\]]$/g, "").trim();
  const parts = bare === "" ? [] : bare.split(/\s*[,x×]\s*/);
  return parts.every((part) => /^\d+$/.test(part))
    ? { shape: parts.map(Number), dtype }
    : `"${text}" is no shape: write sizes with commas, such as 2,3,224,224 or 8,16:int64.`;
}
