/** A convolution with an even kernel that is padded as if it kept the size: it shifts or changes it by one pixel. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { settingOf, wholeNumber } from "../reading/layers";

function* check(inference: Inference): Iterable<Finding> {
  for (const layer of inference.record.instances) {
    const { path, span } = layer.origin;
    if (path !== inference.source.path || !/^torch\.nn\.Conv\dd$/.test(layer.type.name)) continue;
    const [kernel, stride, padding, dilation] = ["kernel_size", "stride", "padding", "dilation"].map((name) =>
      wholeNumber(settingOf(layer, name)),
    );
    if (kernel === undefined || kernel % 2 !== 0 || stride !== 1 || dilation !== 1) continue;
    if (padding !== kernel / 2) continue;
    yield {
      span,
      message: `A kernel of ${kernel} has no pixel in its middle: with padding=${padding} every side of the result is one longer than before, and everything in it is shifted by half a pixel. With ${kernel - 1} or ${kernel + 1} and half of that as padding, size and place stay.`,
    };
  }
}

export const evenKernel: Rule = {
  id: "even-kernel",
  summary: "A convolution with an even kernel is padded to keep the size, which it cannot.",
  category: "model",
  severity: "information",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
