/** Annotations of packages that need not be installed. */
import { assert } from "chai";
import { checkDocument } from "../support/document";

describe("Annotated shapes", () => {
  it("of jaxtyping hold, with one size for each name", async () => {
    const program = `from jaxtyping import Float, Int
from torch import Tensor, nn
import torch.nn.functional as F

class Scorer(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(16, 4)

    def forward(self, x: Float[Tensor, "batch time 16"], y: Int[Tensor, "*others time"]):
        z = self.out(x)  # shape: (batch, time, 4)
        w = z.mean(dim=1) # shape: (batch, 4)
        return y + 1 # shape: (*, time)

def wrong(x: Float[Tensor, "batch 8"]):
    return Scorer().out(x)  # error: shape-mismatch
`;
    assert.deepEqual(await checkDocument(program), []);
  });
});
