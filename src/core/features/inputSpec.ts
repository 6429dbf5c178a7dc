/** Inputs for a model as people write them: `2,3,224,224`, `8x16:int64`, `B,3,H,W`. */
import { type DType, dtypeOf } from "../ops/dtype";

export interface InputSpec {
  /** A name stands for any size; equal names for equal sizes. */
  readonly shape: readonly (number | string)[];
  readonly dtype: DType;
}

/** Reads one input; a string says what is wrong with it. */
export function readInputSpec(text: string): InputSpec | string {
  const [sizes = "", type = "float32"] = text.split(":").map((part) => part.trim());
  const dtype = dtypeOf(type.replace(/^torch\./, ""));
  if (dtype === undefined) return `"${type}" is no element type of PyTorch.`;
  const bare = sizes.replace(/^[([]|[)\]]$/g, "").trim();
  const separator = /^[\d\s]+([x×][\d\s]+)+$/.test(bare) ? /[x×]/ : ",";
  const parts = bare === "" ? [] : bare.split(separator).map((part) => part.trim());
  return parts.every((part) => /^(\d+|[A-Za-z_]\w*)$/.test(part))
    ? { shape: parts.map((part) => (/^\d/.test(part) ? Number(part) : part)), dtype }
    : `"${text}" is no shape: write sizes with commas, such as 2,3,224,224 or B,16:int64.`;
}
