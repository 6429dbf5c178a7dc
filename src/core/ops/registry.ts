/** Every operation that the engine knows, by its qualified name. A new section of the table is one line here. */
import { activations } from "./activation";
import { containers } from "./container";
import { convolutions } from "./convolution";
import { creations } from "./creation";
import { type Operation } from "./define";
import { elementwise } from "./elementwise";
import { joinings } from "./joining";
import { linears } from "./linear";
import { losses } from "./loss";
import { normalizations } from "./normalization";
import { poolings } from "./pooling";
import { reductions } from "./reduction";
import { shapings } from "./shaping";

export const operations: readonly Operation[] = [
  ...containers,
  ...linears,
  ...convolutions,
  ...poolings,
  ...activations,
  ...normalizations,
  ...losses,
  ...shapings,
  ...elementwise,
  ...reductions,
  ...creations,
  ...joinings,
];

const byName = new Map(operations.map((operation) => [operation.qualifiedName, operation]));

/** `torch.nn.modules.linear.Linear` and the like are the same as `torch.nn.Linear`. */
export function findOperation(qualifiedName: string): Operation | undefined {
  return byName.get(qualifiedName) ?? byName.get(qualifiedName.replace(/^torch\.nn\.modules\.\w+\./, "torch.nn."));
}
