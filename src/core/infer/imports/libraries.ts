/** What model code uses of Python's standard library, and of PyTorch beside its operations. */
import { type Arguments } from "../machine";
import { bool, int, none, str, unknown } from "../../ops/value";
import { newSymbol, unknownInteger } from "../../shape/dim";
import { hookFunctions } from "../modules/hooks";
import { copyFunctions } from "../library/copying";
import { argparseFunctions } from "../library/argparse";
import { arrayCreationFunctions } from "../library/arrayCreation";
import { arrayArithmetic } from "../library/arrayArithmetic";
import { arrayOperations } from "../library/arrayOperations";
import { arrayPieceFunctions } from "../library/arrayPieces";
import { arrayReductions } from "../library/arrayReductions";
import { arrayFunctions } from "../library/arrays";
import { autogradFunctions } from "../library/autograd";
import { collectionFunctions } from "../library/collections";
import { counterFunctions } from "../library/counter";
import { dataclassFunctions } from "../library/dataclasses";
import { distributionFunctions } from "../library/distributions";
import { enumFunctions } from "../library/enum";
import { evaluationFunctions } from "../library/evaluation";
import { functoolsFunctions } from "../library/functools";
import { gradModeFunctions } from "../library/gradMode";
import { trainingFunctions } from "../library/training";
import { datasetFunctions } from "../library/datasets";
import { asideForLoaders, loaderFunctions } from "../library/loaders";
import { lightningFunctions } from "../library/lightning";
import { openListFunctions } from "../library/openLists";
import { parametrizeFunctions } from "../library/parametrize";
import { packedFunctions } from "../library/packed";
import { parallelFunctions } from "../library/parallel";
import { pathFunctions } from "../library/paths";
import { imageFunctions } from "../library/images";
import { pretrainedFunctions } from "../library/pretrained";
import { pictureFunctions } from "../library/pictures";
import { type Builtin } from "../library/given";
import { inspectFunctions } from "../library/inspect";
import { mockingFunctions } from "../library/mocking";
import { iterationFunctions } from "../library/iteration";
import { itertoolsFunctions } from "../library/itertools";
import { numberFunctions } from "../library/numbers";
import { objectFunctions } from "../library/objects";
import { regionFunctions } from "../library/regions";
import { regularExpressionFunctions } from "../library/regularExpressions";
import { stringFunctions } from "../library/strings";
import { textFunctions } from "../library/texts";
import { randomArrayFunctions } from "../library/randomArrays";
import { weightFunctions } from "../library/weights";
import { randomFunctions } from "../library/random";
import { torchFunctions } from "../library/torch";
import { infinite } from "../values/truth";
import { type Value } from "../values/value";

const lowercase = "abcdefghijklmnopqrstuvwxyz";

/** Python 3, but nobody knows which: at least what PyTorch 2 asks for. */
const pythonVersion: Value = {
  kind: "tuple",
  items: [int(3), int(newSymbol("minor", "unknown", 8)), int(unknownInteger()), str(undefined), int(unknownInteger())],
  names: ["major", "minor", "micro", "releaselevel", "serial"],
};

export const constantsOfLibraries: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["math.pi", { kind: "float", value: Math.PI }],
  ["math.e", { kind: "float", value: Math.E }],
  ["math.inf", infinite],
  ["math.nan", { kind: "float", value: undefined }],
  ["math.tau", { kind: "float", value: 2 * Math.PI }],
  ["string.digits", str("0123456789")],
  ["string.ascii_lowercase", str(lowercase)],
  ["string.ascii_uppercase", str(lowercase.toUpperCase())],
  ["string.ascii_letters", str(lowercase + lowercase.toUpperCase())],
  ["string.punctuation", str("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")],
  ["string.whitespace", str(" \t\n\r\v\f")],
  ["sys.version_info", pythonVersion],
  ["sys.maxsize", int(unknownInteger())],
  ["numpy.pi", { kind: "float", value: Math.PI }],
  ["numpy.newaxis", none],
  ["numpy.inf", infinite],
  ["numpy.nan", { kind: "float", value: undefined }],
  ["numpy.e", { kind: "float", value: Math.E }],
  ["torch.pi", { kind: "float", value: Math.PI }],
  ["torch.inf", infinite],
  ["torch.nan", { kind: "float", value: undefined }],
  ["torch.__version__", str(undefined)],
  ["torch.version.__version__", str(undefined)],
  ...["cuda", "hip", "git_version"].map((name): [string, Value] => [
    `torch.version.${name}`,
    unknown("what PyTorch was built for is not known"),
  ]),
  ["os.sep", str("/")],
  ["os.name", str(undefined)],
  ["typing.TYPE_CHECKING", bool(false)],
]);

/** By qualified name. Functions of tensors that are rows of the operations table are not here. */
export const libraryFunctions: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...objectFunctions,
  ...numberFunctions,
  ...iterationFunctions,
  ...itertoolsFunctions,
  ...stringFunctions,
  ...textFunctions,
  ...pathFunctions,
  ...regularExpressionFunctions,
  ...collectionFunctions,
  ...counterFunctions,
  ...enumFunctions,
  ...evaluationFunctions,
  ...mockingFunctions,
  ...functoolsFunctions,
  ...dataclassFunctions,
  ...argparseFunctions,
  ...inspectFunctions,
  ...arrayFunctions,
  ...arrayCreationFunctions,
  ...randomArrayFunctions,
  ...randomFunctions,
  ...arrayArithmetic,
  ...arrayOperations,
  ...arrayPieceFunctions,
  ...arrayReductions,
  ...torchFunctions,
  ...weightFunctions,
  ...autogradFunctions,
  ...gradModeFunctions,
  ...trainingFunctions,
  ...lightningFunctions,
  ...distributionFunctions,
  ...hookFunctions,
  ...parametrizeFunctions,
  ...pictureFunctions,
  ...regionFunctions,
  ...imageFunctions,
  ...packedFunctions,
  ...openListFunctions,
  ...parallelFunctions,
  ...pretrainedFunctions,
  ...datasetFunctions,
  ...loaderFunctions,
  ...copyFunctions,
]);

/**
 * Whether arguments are not known that the result depends on: options that a branch adds may leave it alone, and an object of
 * a dataclass has its fields whatever is in them.
 */
export function isOpenFor(name: string, { open, perhaps }: Arguments): boolean {
  if (name === "dataclasses.__init__") return false;
  return open && !(perhaps && loaderFunctions.some(([loader]) => loader === name) && areAside(perhaps));
}

function areAside(options: Arguments["keywords"]): boolean {
  return [...options.keys()].every((name) => asideForLoaders.test(name));
}
