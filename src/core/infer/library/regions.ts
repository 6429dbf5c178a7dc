/** What torchvision has compiled: pooling over regions of a picture, and convolutions that look where they are told to. */
import { tensor, unknown } from "../../ops/value";
import { type Dim, constant, constantValue, unknownSize } from "../../shape/dim";

import { knownDims } from "../../shape/shape";
import { type Machine } from "../machine";
import { type Value } from "../values/value";
import { type Builtin, type Functions } from "./given";

function sizesOf({ facts }: Machine, value: Value | undefined): readonly Dim[] | undefined {
  return value?.kind === "tensor" ? knownDims(facts.resolveShape(value.shape)) : undefined;
}

const size = (value: Value | undefined): Dim => (value?.kind === "int" ? value.value : unknownSize());

/** `(input, rois, scale, height, width, …)`: one picture of that size for each region, with all or a part of the channels. */
const pooled =
  (isSplit: boolean, isPair: boolean): Builtin =>
  (machine, { positional: [input, rois, , height, width] }) => {
    const [dims, regions] = [sizesOf(machine, input), sizesOf(machine, rois)];
    if (dims?.length !== 4 || !regions || input?.kind !== "tensor") return unknown("the regions are not known");
    const parts = [size(height), size(width)].map(constantValue);
    const isKnown = parts.every((part) => part !== undefined);
    const channels = !isSplit ? dims[1]! : isKnown ? part(dims[1]!, parts[0]! * parts[1]!) : unknownSize();
    const result = tensor([regions[0]!, channels, size(height), size(width)], input.dtype);
    return isPair ? { kind: "tuple", items: [result, tensor(result.shape, "int32")] } : result;
  };

function part(channels: Dim, count: number): Dim {
  const all = constantValue(channels);
  return all === undefined || all % count !== 0 ? unknownSize() : constant(all / count);
}

/** The places of the boxes that are left. */
const suppressed: Builtin = () => tensor([unknownSize()], "int64");

/** `(input, weight, offset, …)`: as many channels as the weight makes, as large as the offsets are. */
const deformed: Builtin = (machine, { positional: [input, weight, offset] }) => {
  const [own, kernels, places] = [input, weight, offset].map((value) => sizesOf(machine, value));
  return own?.length === 4 && kernels?.length === 4 && places?.length === 4 && input?.kind === "tensor"
    ? tensor([own[0]!, kernels[0]!, places[2]!, places[3]!], input.dtype)
    : unknown("the offsets are not known");
};

export const regionFunctions: Functions = [
  ["torch.ops.torchvision.roi_align", pooled(false, false)],
  ["torch.ops.torchvision.roi_pool", pooled(false, true)],
  ["torch.ops.torchvision.ps_roi_align", pooled(true, true)],
  ["torch.ops.torchvision.ps_roi_pool", pooled(true, true)],
  ["torch.ops.torchvision.nms", suppressed],
  ["torch.ops.torchvision.deform_conv2d", deformed],
];
