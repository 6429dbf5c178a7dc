/** Autocast to float16 on the CPU, which has little for it. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { argumentOf, callAt, callsOf } from "../reading/calls";

const forAll = ["torch.autocast", "torch.amp.autocast", "torch.amp.autocast_mode.autocast"];
const forCpu = ["torch.cpu.amp.autocast", "torch.cpu.amp.autocast_mode.autocast"];

function* check(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, ...forAll, ...forCpu)) {
    const isForCpu = forCpu.includes(call.operation);
    const device = argumentOf(call, "device_type", 0);
    const dtype = argumentOf(call, "dtype", 1);
    const isOnCpu = isForCpu || (device?.kind === "str" && device.value === "cpu");
    if (!isOnCpu || dtype?.kind !== "dtype" || dtype.dtype !== "float16") continue;
    const node = callAt(call.origin.span);
    const written = node?.keywords.find(({ name }) => name?.name === "dtype")?.value;
    yield {
      span: call.origin.span,
      message:
        "Processors compute in bfloat16, and hardly in float16: older versions of PyTorch refuse this, newer ones are slow at it, and small gradients become 0 without a scaler. Use bfloat16.",
      ...(written?.kind === "Attribute" && {
        fix: { title: "Use bfloat16", edits: [{ span: written.attribute, text: "bfloat16" }] },
      }),
    };
  }
}

export const halfPrecisionOnCpu: Rule = {
  id: "half-precision-on-cpu",
  summary: "Autocast computes in float16 on the CPU.",
  category: "optimisation",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
