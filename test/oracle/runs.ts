/**
 * How some of the recorded programs were run, which their records leave out: with words on the command line, or in
 * training mode. PyTorch, run so, gives the numbers of the record; run without, it gives other ones.
 */
import { type SummaryQuestion } from "../../src/core/features/summary";

const colours: Pick<SummaryQuestion, "words"> = { words: ["--channels", "3", "--img_size", "64"] };
const gans = "eriklindernoren/PyTorch-GAN/implementations";
const vision = "pytorch/vision/torchvision/models";

const runs: Readonly<Record<string, Pick<SummaryQuestion, "words" | "training">>> = {
  [`${gans}/dcgan/dcgan.py::Generator()~2`]: colours,
  [`${gans}/dcgan/dcgan.py::Discriminator()~2`]: colours,
  [`${gans}/wgan_gp/wgan_gp.py::Generator()~2`]: colours,
  [`${gans}/wgan_gp/wgan_gp.py::Discriminator()~2`]: colours,
  [`${vision}/googlenet.py::googlenet(weights=None, init_weights=False)`]: { training: true },
  [`${vision}/inception.py::inception_v3(weights=None, init_weights=False)`]: { training: true },
};

/** What to ask of a case's model. */
export function questionOf(
  { id, model }: { readonly id: string; readonly model: string },
  inputs: SummaryQuestion["inputs"],
): SummaryQuestion {
  return { model, inputs, ...runs[id] };
}
