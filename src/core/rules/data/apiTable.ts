/** What PyTorch, torchvision and NumPy have done away with: the names that are gone, and those that only warn still. */

export interface OldName {
  /** The qualified name. */
  readonly name: string;
  /** The version that removed it, or that declared it deprecated. */
  readonly since: string;
  /** What to write instead, as the author reads it. */
  readonly instead: string;
  /** The function of the same arguments that can take its place: library and name. */
  readonly rename?: readonly [library: string, name: string];
}

/** Calling one of these fails. Sources: PyTorch's release notes; the functions themselves raise since then. */
export const removedNames: readonly OldName[] = [
  { name: "torch.symeig", since: "PyTorch 2.0", instead: "torch.linalg.eigh, which gives the same two results" },
  { name: "torch.eig", since: "PyTorch 1.13", instead: "torch.linalg.eig, whose results are complex" },
  {
    name: "torch.solve",
    since: "PyTorch 1.13",
    instead: "torch.linalg.solve(A, B), with the arguments the other way round",
  },
  {
    name: "torch.lstsq",
    since: "PyTorch 1.13",
    instead: "torch.linalg.lstsq(A, B), with the arguments the other way round",
  },
  {
    name: "torch.matrix_rank",
    since: "PyTorch 1.13",
    instead: "torch.linalg.matrix_rank",
    rename: ["torch", "linalg.matrix_rank"],
  },
  { name: "torch.rfft", since: "PyTorch 1.8", instead: "torch.fft.rfft, whose result is complex" },
  { name: "torch.irfft", since: "PyTorch 1.8", instead: "torch.fft.irfft, which takes a complex tensor" },
  { name: "torch.ifft", since: "PyTorch 1.8", instead: "torch.fft.ifft, which takes a complex tensor" },
  { name: "torch.gesv", since: "PyTorch 1.2", instead: "torch.linalg.solve(A, B)" },
  { name: "torch.gels", since: "PyTorch 1.2", instead: "torch.linalg.lstsq(A, B)" },
  { name: "torch.potrf", since: "PyTorch 1.2", instead: "torch.linalg.cholesky" },
  { name: "torch.trtrs", since: "PyTorch 1.2", instead: "torch.linalg.solve_triangular" },
  {
    name: "torchvision.transforms.Scale",
    since: "torchvision 0.12",
    instead: "Resize",
    rename: ["torchvision.transforms", "Resize"],
  },
  {
    name: "torchvision.transforms.RandomSizedCrop",
    since: "torchvision 0.12",
    instead: "RandomResizedCrop",
    rename: ["torchvision.transforms", "RandomResizedCrop"],
  },
];

/** These were other names of Python's own types, and are gone since NumPy 1.24 (https://numpy.org/doc/stable/release/1.24.0-notes.html). */
export const removedAliases: Readonly<Record<string, string>> = {
  "numpy.float": "float",
  "numpy.int": "int",
  "numpy.complex": "complex",
  "numpy.object": "object",
  "numpy.str": "str",
};

const inPlaceInits =
  "uniform normal constant xavier_uniform xavier_normal kaiming_uniform kaiming_normal orthogonal sparse eye dirac";

/** These work, with a warning. */
export const deprecatedNames: readonly OldName[] = [
  ...["sigmoid", "tanh"].map((name): OldName => ({
    name: `torch.nn.functional.${name}`,
    since: "PyTorch 0.4.1",
    instead: `torch.${name}`,
    rename: ["torch", name],
  })),
  ...inPlaceInits.split(" ").map((name): OldName => ({
    name: `torch.nn.init.${name}`,
    since: "PyTorch 0.4",
    instead: `${name}_, with an underscore`,
    rename: ["torch.nn", `init.${name}_`],
  })),
  {
    name: "torch.nn.utils.clip_grad_norm",
    since: "PyTorch 0.4",
    instead: "clip_grad_norm_, with an underscore",
    rename: ["torch.nn", "utils.clip_grad_norm_"],
  },
  { name: "torch.ger", since: "PyTorch 1.7", instead: "torch.outer", rename: ["torch", "outer"] },
  { name: "torch.qr", since: "PyTorch 1.9", instead: "torch.linalg.qr", rename: ["torch", "linalg.qr"] },
  { name: "torch.svd", since: "PyTorch 1.9", instead: "torch.linalg.svd, which gives V transposed and conjugated" },
  {
    name: "torch.cholesky",
    since: "PyTorch 1.9",
    instead: "torch.linalg.cholesky",
    rename: ["torch", "linalg.cholesky"],
  },
  { name: "torch.chain_matmul", since: "PyTorch 1.9", instead: "torch.linalg.multi_dot, which takes a list" },
  { name: "torch.triangular_solve", since: "PyTorch 1.11", instead: "torch.linalg.solve_triangular" },
  { name: "torch.range", since: "PyTorch 0.4", instead: "torch.arange, which leaves out the end" },
  { name: "torch.norm", since: "PyTorch 1.7", instead: "torch.linalg.vector_norm or torch.linalg.matrix_norm" },
  {
    name: "torch.autograd.Variable",
    since: "PyTorch 0.4",
    instead: "the tensor itself: every tensor can have a gradient",
  },
  { name: "torch.cuda.amp.autocast", since: "PyTorch 2.4", instead: 'torch.amp.autocast("cuda")' },
  { name: "torch.cuda.amp.GradScaler", since: "PyTorch 2.4", instead: 'torch.amp.GradScaler("cuda")' },
];

/** Arguments that are ignored, or go with a warning. */
export interface OldArgument {
  readonly calls: RegExp;
  readonly argument: string;
  readonly since: string;
  readonly instead: string;
}

export const deprecatedArguments: readonly OldArgument[] = [
  {
    calls: /^torch\.autograd\.Variable$/,
    argument: "volatile",
    since: "PyTorch 0.4",
    instead: "it has no effect any more; compute under torch.no_grad()",
  },
  ...["size_average", "reduce"].map((argument): OldArgument => ({
    calls: /^torch\.nn\.(\w+Loss|functional\.\w+)$/,
    argument,
    since: "PyTorch 0.4.1",
    instead: 'reduction="mean", "sum" or "none" says the same',
  })),
  {
    calls: /^torchvision\.models\.(\w+\.)?[a-z]\w*$/,
    argument: "pretrained",
    since: "torchvision 0.13",
    instead: 'weights="DEFAULT" gives the best weights there are, weights=None none',
  },
];

/** Arguments that calls no longer take: https://github.com/pytorch/pytorch/pull/147301. */
export const removedArguments: readonly OldArgument[] = [
  {
    calls: /^torch\.optim\.lr_scheduler\.[A-Z]\w*$/,
    argument: "verbose",
    since: "PyTorch 2.7",
    instead: "print get_last_lr() where it is of interest",
  },
];
