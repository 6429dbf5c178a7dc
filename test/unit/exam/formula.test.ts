/** Formulas: how they are read, shown, and told apart. */
import { assert } from "chai";
import { compareFormulas, drawPoint } from "../../../src/core/exam/formula/compare";
import { evaluate } from "../../../src/core/exam/formula/evaluate";
import { childrenOf, type Expression } from "../../../src/core/exam/formula/expression";
import { latexOf } from "../../../src/core/exam/formula/latex";
import { parseFormula } from "../../../src/core/exam/formula/parse";
import { latexOfName, readDomain, readIndex, type SymbolDeclaration } from "../../../src/core/exam/formula/symbols";
import { builtinBanks } from "../../../src/core/exam/builtin";
import { randomFrom } from "../../../src/core/exam/random";

function symbol(name: string, domain: string, more: Partial<SymbolDeclaration> = {}): SymbolDeclaration {
  return { name, latex: latexOfName(name), also: [], domain: readDomain(domain)!, says: "", ...more };
}

const symbols = [
  symbol("x", "real"),
  symbol("x_1", "real"),
  symbol("y", "unit"),
  symbol("p", "unit", { also: ["phat"] }),
  symbol("mu", "real"),
  symbol("s", "positive"),
  symbol("eta", "positive", { also: ["lr"] }),
  symbol("lambda", "positive"),
  symbol("theta", "real", { also: ["\\theta^t", "theta_t"] }),
  symbol("grad", "real", {
    latex: "\\nabla_\\theta \\mathcal{L}",
    also: ["\\nabla L", "g", "dL/dtheta"],
    of: ["theta"],
  }),
  symbol("a2", "real", { latex: "a^{(2)}" }),
  symbol("n", "int 20..60"),
  symbol("k", "int 1..7"),
  symbol("d", "int 1..3"),
  symbol("z", "real", { latex: "\\hat{z}", index: readIndex("0..2")! }),
  symbol("c", "int 0..2"),
];

function parsed(text: string, known: readonly SymbolDeclaration[] = symbols): Expression {
  const result = parseFormula(text, known);
  if ("problem" in result) throw new Error(`${text}: ${result.problem}`);
  return result.expression;
}

const state = (first: string, second: string, seed = 1): string =>
  compareFormulas(parsed(first), parsed(second), symbols, seed).state;

describe("reading formulas", () => {
  const readings: readonly (readonly [input: string, shown: string])[] = [
    ["theta - eta*grad", "\\theta - \\eta\\,\\nabla_\\theta \\mathcal{L}"],
    ["θ − η·∇L", "\\theta - \\eta\\,\\nabla_\\theta \\mathcal{L}"],
    [
      "\\theta^{t+1} = \\theta^{t} - \\eta \\nabla_\\theta \\mathcal{L}",
      "\\theta - \\eta\\,\\nabla_\\theta \\mathcal{L}",
    ],
    ["grad(theta_t)", "\\nabla_\\theta \\mathcal{L}"],
    ["∇_θ L(θ_t)", "\\nabla_\\theta \\mathcal{L}"],
    ["g[theta] x", "\\nabla_\\theta \\mathcal{L}\\,x"],
    ["grad(1 - x)", "\\nabla_\\theta \\mathcal{L}\\,\\left(1 - x\\right)"],
    ["∂L/∂θ", "\\nabla_\\theta \\mathcal{L}"],
    ["\\frac{\\partial L}{\\partial \\theta}", "\\nabla_\\theta \\mathcal{L}"],
    ["dL/dθ", "\\nabla_\\theta \\mathcal{L}"],
    ["theta -= eta*grad", "\\theta - \\eta\\,\\nabla_\\theta \\mathcal{L}"],
    ["θ += x − y", "\\theta + x - y"],
    ["theta -= x - y", "\\theta - \\left(x - y\\right)"],
    ["2x", "2\\,x"],
    ["x x1", "x\\,x_{1}"],
    ["a2 + a^{(2)} + a^(2)", "a^{(2)} + a^{(2)} + a^{(2)}"],
    ["a2^2", "\\left(a^{(2)}\\right)^{2}"],
    ["x²", "x^{2}"],
    ["x⁻¹", "x^{-1}"],
    ["x**-1", "x^{-1}"],
    ["-x^2", "-x^{2}"],
    ["(-x)^2", "\\left(-x\\right)^{2}"],
    ["x^2^3", "x^{2^{3}}"],
    ["1/2x", "\\frac{1}{2}\\,x"],
    ["½ x", "\\frac{1}{2}\\,x"],
    ["\\frac12x", "\\frac{1}{2}\\,x"],
    ["\\frac{1}{2}x", "\\frac{1}{2}\\,x"],
    ["√s", "\\sqrt{s}"],
    ["\\sqrt[3]{s}", "s^{\\frac{1}{3}}"],
    ["ln s^2", "\\ln\\left(s^{2}\\right)"],
    ["log(s)", "\\ln\\left(s\\right)"],
    ["log_2 s", "\\log_{2}\\left(s\\right)"],
    ["\\log_{1/3} s", "\\log_{\\frac{1}{3}}\\left(s\\right)"],
    ["σ(x)(1-σ(x))", "\\sigma\\left(x\\right)\\,\\left(1 - \\sigma\\left(x\\right)\\right)"],
    ["sigma'(x)", "\\sigma'\\left(x\\right)"],
    ["tanh^2 x", "\\left(\\tanh\\left(x\\right)\\right)^{2}"],
    ["\\lfloor (n-k)/2 \\rfloor + 1", "\\left\\lfloor \\frac{n - k}{2}\\right\\rfloor + 1"],
    ["|x| + |mu|", "\\left|x\\right| + \\left|\\mu\\right|"],
    ["max(0, 1 - x)", "\\max\\left(0, 1 - x\\right)"],
    ["\\sum_{j=0}^{2} e^{z_j}", "\\sum_{j=0}^{2} e^{\\hat{z}_{j}}"],
    ["sum_j exp(ẑ_j) - z_0", "\\sum_{j=0}^{2} e^{\\hat{z}_{j}} - \\hat{z}_{0}"],
    ["softmax(z)_c", "\\operatorname{softmax}\\left(\\hat{z}\\right)_{c}"],
    ["softmax(z_c)", "\\operatorname{softmax}\\left(\\hat{z}\\right)_{c}"],
    ["\\left(x + \\mathrm{lr}\\right)\\,\\hat{p}", "!“\\hat” is not one of the symbols of this question."],
    ["2e-3x", "2 \\cdot 10^{-3}\\,x"],
    ["θₜ − ẑ₁", "\\theta - \\hat{z}_{1}"],
    ["∑ₖ ẑₖ", "\\sum_{k=0}^{2} \\hat{z}_{k}"],
    ["maxₘ ẑₘ", "\\max_{m=0}^{2} \\hat{z}_{m}"],
    ["sᵏ + s^k", "s^{k} + s^{k}"],
    ["max_i z_i", "\\max_{i=0}^{2} \\hat{z}_{i}"],
    ["\\max_i \\left|1 - \\eta \\hat{z}_i\\right|", "\\max_{i=0}^{2} \\left|1 - \\eta\\,\\hat{z}_{i}\\right|"],
    ["min_{j=1}^2 (x z_j)^2", "\\min_{j=1}^{2} \\left(x\\,\\hat{z}_{j}\\right)^{2}"],
    ["2 max_i e^{z_i} - x", "2\\,\\left(\\max_{i=0}^{2} e^{\\hat{z}_{i}}\\right) - x"],
    ["max_i(sum_j z_j - z_i)", "\\max_{i=0}^{2} \\left(\\sum_{j=0}^{2} \\hat{z}_{j} - \\hat{z}_{i}\\right)"],
    ["x - -x", "x - \\left(-x\\right)"],
    ["\\max_{0 \\le i \\le 2} z_i", "\\max_{i=0}^{2} \\hat{z}_{i}"],
    ["max_{1≤i<3} z_i", "\\max_{i=1}^{2} \\hat{z}_{i}"],
    ["max_{0<=i<=m} z_i", "\\max_{i=0}^{2} \\hat{z}_{i}"],
    ["\\max_{i=1,\\dots,m} z_i", "\\max_{i=0}^{2} \\hat{z}_{i}"],
    ["max_{i=0..1} z_i", "\\max_{i=0}^{1} \\hat{z}_{i}"],
    ["\\underset{i}{\\max} z_i - x", "\\max_{i=0}^{2} \\hat{z}_{i} - x"],
    ["\\underset{0 \\leq i \\leq 1}{\\min}\\, z_i", "\\min_{i=0}^{1} \\hat{z}_{i}"],
    ["\\sup_i z_i", "\\max_{i=0}^{2} \\hat{z}_{i}"],
    ["\\sum_{j=1}^{m} z_j", "\\sum_{j=0}^{2} \\hat{z}_{j}"],
    ["\\sum_{j=1}^{2} z_j", "\\sum_{j=1}^{2} \\hat{z}_{j}"],
    ["z0 + z_1", "\\hat{z}_{0} + \\hat{z}_{1}"],
    ["[1 - x]_+ + (x)_{+}", "\\operatorname{ReLU}\\left(1 - x\\right) + \\operatorname{ReLU}\\left(x\\right)"],
    ["sech²(x)", "\\left(\\operatorname{sech}\\left(x\\right)\\right)^{2}"],
    ["∇L(x_i, y_i; θ)", "\\nabla_\\theta \\mathcal{L}"],
    ["mu + x, x ~ N(0, 1)", "\\mu + x"],
    ["\\mu + x, \\quad x \\sim \\mathcal{N}(0, 1)", "\\mu + x"],
    ["x - (mu - p)", "x - \\left(\\mu - p\\right)"],
  ];
  for (const [input, shown] of readings) {
    it(`shows ${input} as it was read`, () => {
      const result = parseFormula(input, symbols);
      assert.equal("problem" in result ? `!${result.problem}` : latexOf(result.expression, symbols), shown);
    });
  }

  const refusals: readonly (readonly [input: string, place: string, problem: RegExp])[] = [
    ["x + foo", "foo", /“foo” is not one of the symbols/],
    ["x2 + 1", "x2", /“x2” is not one/],
    ["x_7", "x_7", /“x_7” is not one/],
    ["x'", "x'", /is not one of the symbols/],
    ["betaeta", "betaeta", /is not one of the symbols/],
    ["0,5 x", ",", /decimal point/],
    ["(x + 1", "1", /“\)” is missing/],
    ["x + ", "+", /ends too early/],
    ["x) + 1", ")", /does not fit/],
    ["x & y", "&", /no meaning/],
    ["3 4", "4", /side by side/],
    ["z + 1", "z", /vector/],
    ["\\sum_{j} x", "\\sum", /From where/],
    ["tanh^{-1}(x)", "(", /inverse/],
    ["é", "é", /no meaning/],
    ["x + gradient", "gradient", /“gradient” is not one/],
    ["γ x", "γ", /“γ” is not one/],
    ["\\gamma x", "\\gamma", /“\\gamma” is not one/],
    ["x + theta_old", "theta_old", /“theta_old” is not one/],
    ["x + theta_two", "theta_two", /“theta_two” is not one/],
    ["theta_{old} + x", "theta_{old}", /“theta_\{old\}” is not one/],
    ["0 = x", "0", /`0` in front of “=” is not a name/],
    ["x + y = 2", "x + y", /not a name/],
    ["ln(x)/2 = 2 + x", "ln(x)/2", /not a name/],
    ["-theta_{t+1} = -x", "-theta_{t+1}", /not a name/],
    ["x = mu = 2", "=", /several “=”/],
    ["foo -= x", "foo -", /Only a symbol/],
    ["x *= 2", "x *", /whole result/],
    ["grad(theta - x)", "(", /argument of “grad” or a factor/],
    ["x + xₙ", "xₙ", /“xₙ” is not one/],
    ["x + xₘₐₓ", "xₘₐₓ", /“xₘₐₓ” is not one/],
    ["max_i z_i x", "x", /in brackets/],
    ["max_i |z_i| / 2", "/", /in brackets/],
    ["max_i x", "max", /From where/],
    ["max_{1≤i≤m} x", "max", /From where/],
    ["max_{1≤i} z_i", "}", /between two values/],
    ["x(y)", "(", /a product/],
    ["ln s√mu", "√", /How far/],
    ["ln s/mu", "/", /How far/],
    ["√2s", "s", /How far/],
    ["x ≤ y", "≤", /does not fit/],
    ["x; y", ";", /does not fit/],
    ["max_i 1 - z_i", "max", /From where/],
    ["x ⋆ y", "⋆", /does not fit/],
    ["theta*= 2 x", "theta*", /whole result/],
    ["theta*(x) = 2", "theta*(x)", /not a name/],
    ["theta*x = 2", "theta*x", /not a name/],
    ["theta/mu = x", "theta/mu", /not a name/],
    ["theta/b = x", "theta/b", /not a name/],
    ["theta^2/b = x", "theta^2/b", /not a name/],
    ["xy/b = 2", "xy/b", /not a name/],
    ["exp(b)/exp(a) = x", "exp(b)/exp(a)", /not a name/],
    ["b/2 = x", "b/2", /not a name/],
    ["b/(1 + a) = x", "b/(1 + a)", /not a name/],
    ["a/b/q = x", "a/b/q", /not a name/],
    ["\\frac{theta}{b} = x", "\\frac{theta}{b}", /not a name/],
  ];
  for (const [input, place, problem] of refusals) {
    it(`cannot read ${input} and says where`, () => {
      const result = parseFormula(input, symbols);
      if (!("problem" in result)) return assert.fail(latexOf(result.expression, symbols));
      assert.match(result.problem, problem);
      assert.equal(input.slice(result.span.start, result.span.end), place);
    });
  }

  const names: readonly (readonly [input: string, shown: string])[] = [
    ["L = x", "L"],
    ["θ_{t+1} = x", "\\theta _{t+1}"],
    ["theta' = x", "\\theta '"],
    ["theta^(t+1) <- x", "\\theta ^{(t+1)}"],
    ["w_new := x", "w_{\\mathrm{new} }"],
    ["f(x) = x", "f(x)"],
    ["-D_{KL}(q(z|x) || p(z)) = x", "-D_{\\mathrm{KL} }(q(z|x)||p(z))"],
    ["dL/dz = x", "dL/dz"],
    ["∂f/∂a_1 = x", "\\partial f/\\partial a_{1}"],
    ["df/da1_1 = x", "df/{da_{1}}_{1}"],
    ["\\frac{\\partial L}{\\partial z} = x", "\\frac {\\partial L}{\\partial z}"],
    ["η* = x", "\\eta ^{*}"],
    ["\\eta^* = x", "\\eta ^{*}"],
    ["η^{*}= x", "\\eta ^{*}"],
    ["η^*= x", "\\eta ^{*}"],
    ["D*= x", "D^{*}"],
    ["D*(q) = x", "D^{*}(q)"],
    ["D^*(x) = x", "D^{*}(x)"],
    ["D^\\ast(x) = x", "D^{*}(x)"],
    ["w^⋆ = x", "w^{\\star}"],
    ["\\hat\\theta^\\star = x", "\\hat \\theta ^{\\star}"],
    ["θ_{t}* = x", "\\theta _{t}^{*}"],
    ["θ^t* = x", "\\theta ^{t}{}^{*}"],
    ["p_1/p_2 = x", "p_{1}/p_{2}"],
    ["σ_1/σ_2 = x", "\\sigma _{1}/\\sigma _{2}"],
    ["\\frac{n_{new}}{n_{old}} = x", "\\frac {n_{\\mathrm{new} }}{n_{\\mathrm{old} }}"],
    ["Var(a)/Var(b) = x", "\\mathrm{Var} (a)/\\mathrm{Var} (b)"],
    ["\\|e_{t+1}\\|/\\|e_t\\| = x", "|e_{t+1}|/|e_{t}|"],
    ["θₜ₊₁ = x", "\\theta _{t+1}"],
    ["Δθ = x", "\\Delta \\theta "],
    ["\\Delta w_t = x", "\\Delta w_{t}"],
    ["E[x] = x", "E[x]"],
    ["\\mathbb{E}_q[f(x)] = x", "E_{q}[f(x)]"],
    ["Var[x] = x", "\\mathrm{Var} [x]"],
  ];
  for (const [input, shown] of names) {
    it(`keeps the name of the result in ${input}`, () => {
      const result = parseFormula(input, symbols);
      assert.equal("problem" in result ? `!${result.problem}` : result.name, shown);
    });
  }

  it("neither throws nor hangs on nonsense, however deep or long", () => {
    const pieces = [
      "(",
      ")",
      "{",
      "}",
      "x",
      "_",
      "^",
      "\\frac",
      "\\sum",
      "-",
      "1",
      "e",
      "|",
      "'",
      "ẑ",
      "²",
      "softmax",
      "ln",
      ",",
      "=",
    ];
    const random = randomFrom(7);
    for (let round = 0; round < 3000; round++) {
      const count = 1 + Math.floor(random() * 14);
      const text = Array.from({ length: count }, () => pieces[Math.floor(random() * pieces.length)]!).join("");
      const result = parseFormula(text, symbols);
      if ("expression" in result) assert.isNumber(evaluate(result.expression, drawPoint(symbols, random)), text);
    }
    for (const text of [
      "(".repeat(1900),
      "-".repeat(1900),
      "x^".repeat(900),
      "ln ".repeat(600),
      "|".repeat(999),
      "x".repeat(3000),
    ]) {
      assert.property(parseFormula(text, symbols), "problem", text.slice(0, 9));
    }
  });
});

/** Pairs from the matter of the exams. */
const equalPairs: readonly (readonly [string, string])[] = [
  ["sigma(x)*(1 - sigma(x))", "e^{-x}/(1 + e^{-x})^2"],
  ["sigma'(x)", "\\sigma(x) - \\sigma(x)^2"],
  ["sigma(-x)", "1 - sigma(x)"],
  ["tanh(x)", "(1 - e^{-2x})/(1 + e^{-2x})"],
  ["tanh x", "2 sigma(2x) - 1"],
  ["tanh'(x)", "1 - tanh^2(x)"],
  ["(1 + ln(s^2) - mu^2 - s^2)/2", "ln s + \\frac{1}{2} - \\frac{\\mu^2 + s^2}{2}"],
  ["-ln(s) + (s^2 + mu^2)/2 - 1/2", "\\frac{1}{2}\\left(s^2 + \\mu^2 - 1 - \\log s^2\\right)"],
  ["-ln(softmax(z)_c)", "ln(sum_j exp(z_j)) - z_c"],
  ["-log(e^{z_c}/(e^{z_0} + e^{z_1} + e^{z_2}))", "logsumexp(z) - z_c"],
  ["sum_j exp(z_j - z_c)", "1/softmax(z)_c"],
  ["theta - eta*(grad + lambda*theta)", "(1 - eta*lambda)*theta - eta*grad"],
  ["floor((n + 2 - k)/d) + 1", "\\lfloor (n + 2 - k + d)/d \\rfloor"],
  ["floor((n - k)/d) + 1", "ceil((n - k + 1)/d)"],
  ["-(y*ln(p) + (1-y)*ln(1-p))", "y ln(1/p) + (1 - y) ln(1/(1 - p))"],
  ["-y/p + (1-y)/(1-p)", "(p - y)/(p*(1 - p))"],
  ["max(0, 1 - x)", "(1 - x + |1 - x|)/2"],
  ["relu(x)", "max(0, x)"],
  ["softplus(x)", "ln(1 + e^x)"],
  ["(x - mu)^2/(2 s^2) + ln(s)", "0.5*((mu - x)/s)^2 + 0.5 ln(s^2)"],
  ["ln(s)/ln(2)", "log_2 s"],
  ["log_{1/3} s", "-ln(s)/ln(3)"],
  ["(lambda - 1)/(lambda + 1)", "1 - 2/(1 + lambda)"],
  ["sqrt(s)", "s^0.5"],
  ["s^{-1/2}", "1/√s"],
  ["exp(x + mu)", "e^x e^mu"],
  ["(x + mu)^2 - (x - mu)^2", "4 x mu"],
  ["p*(1 - p)", "¼ - (p - ½)²"],
  ["max_i |1 - s z_i|", "max(|1 - s z_0|, |1 - s z_1|, |1 - s z_2|)"],
  ["min_{i} z_i", "-max_i(-z_i)"],
  ["max_i z_i^2", "(max_i |z_i|)^2"],
];

const unequalPairs: readonly (readonly [string, string])[] = [
  ["x/(sqrt(s) + lambda)", "x/sqrt(s + lambda)"],
  ["ln(s)", "log_2(s)"],
  ["floor(n/d)", "ceil(n/d)"],
  ["floor((n - k)/d) + 1", "(n - k)/d + 1"],
  ["(1 + ln(s^2) - mu^2 - s^2)/2", "(1 + ln(s) - mu^2 - s^2)/2"],
  ["x^2", "x^2 + 1e-9*x"],
  ["sqrt(2/n)", "sqrt(2/(n + 1))"],
  ["sigma(x)", "tanh(x)"],
  ["max(0, 1 - x)", "1 - x"],
  ["max(0, x + 2)", "x + 2"],
  ["|mu|", "mu"],
  ["softmax(z)_c", "softmax(z)_0"],
  ["max_i |z_i|", "|max_i z_i|"],
  ["max_i z_i", "max_{i=0}^{1} z_i"],
  ["max_i |1 - s z_i|", "max(|1 - s z_0|, |1 - s z_2|)"],
];

describe("comparing formulas", () => {
  for (const [first, second] of equalPairs) {
    it(`finds ${first} equal to ${second}`, () => {
      for (let seed = 1; seed <= 20; seed++) {
        assert.equal(state(first, second, seed), "equal");
        assert.equal(state(second, first, seed), "equal");
      }
    });
  }
  for (const [first, second] of unequalPairs) {
    it(`tells ${first} from ${second}`, () => {
      for (let seed = 1; seed <= 200; seed++) assert.notEqual(state(first, second, seed), "equal");
    });
  }

  it("notices a lost sign and a lost factor", () => {
    assert.deepEqual(compareFormulas(parsed("x*s"), parsed("-x*s"), symbols), { state: "factor", factor: -1 });
    const half = compareFormulas(parsed("x*s"), parsed("x*s/2"), symbols);
    assert.equal(half.state === "factor" ? half.factor : NaN, 0.5);
  });

  it("calls what differs by less than a per cent close, not equal", () => {
    assert.equal(state("0.465*s", "s*ln(5/3)/ln(3)"), "close");
  });

  it("says so where only the candidate has no value", () => {
    assert.equal(state("x", "sqrt(x)^2"), "undefined");
  });

  it("draws again where the reference has no value, and decides nothing where it never has one", () => {
    assert.equal(state("ln(x)", "2*ln(x)/2"), "equal");
    assert.equal(state("ln(-s)", "ln(-s)"), "undecided");
  });

  it("makes no mistake on mutants of the exams' formulas", function () {
    this.timeout(20_000);
    let unequal = 0;
    let equal = 0;
    for (const { reference, known } of examFormulas()) {
      for (const mutant of mutantsOf(reference, known)) {
        const same = isSameOnManyPoints(reference, mutant, known);
        for (let seed = 1; seed <= 3; seed++) {
          const found = compareFormulas(reference, mutant, known, seed).state;
          const label = `${latexOf(reference, known)}   against   ${latexOf(mutant, known)}`;
          if (same) assert.equal(found, "equal", label);
          else assert.notEqual(found, "equal", label);
        }
        if (same) equal++;
        else unequal++;
      }
    }
    assert.isAbove(unequal, 1500);
    assert.isAbove(equal, 10);
  });
});

describe("echoing formulas", () => {
  it("shows what can be typed again and means the same", function () {
    this.timeout(20_000);
    let count = 0;
    for (const { reference, known } of examFormulas()) {
      for (const formula of [reference, ...mutantsOf(reference, known)]) {
        const shown = latexOf(formula, known);
        const again = parsed(shown, known);
        const random = randomFrom(5);
        for (let round = 0; round < 4; round++) {
          const at = drawPoint(known, random);
          const [before, after] = [evaluate(formula, at), evaluate(again, at)];
          if (Number.isFinite(before)) assert.closeTo(after, before, 1e-9 * Math.max(1, Math.abs(before)), shown);
        }
        count++;
      }
    }
    assert.isAbove(count, 1500);
  });
});

interface Reference {
  readonly reference: Expression;
  readonly known: readonly SymbolDeclaration[];
}

/** The formulas of the built-in exams and the first of each pair above. */
function examFormulas(): Reference[] {
  const specs = builtinBanks().flatMap(({ bank }) =>
    bank.questions.flatMap(({ parts }) => parts.map(({ answer }) => answer)),
  );
  const exams = specs.flatMap((spec): Reference[] =>
    spec.kind === "formula"
      ? [spec.value, ...spec.accept].map(({ expression }) => ({ reference: expression, known: spec.symbols }))
      : [],
  );
  return [...exams, ...equalPairs.map(([first]) => ({ reference: parsed(first), known: symbols }))];
}

/** One slip at a time, everywhere in the tree: signs, factors, operators, numbers, symbols. */
function mutantsOf(expression: Expression, known: readonly SymbolDeclaration[]): Expression[] {
  const negated: Expression = { kind: "negate", operand: expression };
  const here: Expression[] = [negated];
  if (expression.kind === "negate") here.push(expression.operand);
  if (expression.kind === "number") {
    for (const value of [expression.value + 1, expression.value * 2])
      here.push({ ...expression, value, text: String(value) });
  }
  if (expression.kind === "symbol") {
    const others = known.filter(({ name, index }) => name !== expression.name && !index).slice(0, 2);
    here.push(...others.map(({ name }): Expression => ({ kind: "symbol", name })));
  }
  if (expression.kind === "binary") {
    const swapped = { "+": "-", "-": "+", "*": "/", "/": "*", "^": "*" } as const;
    here.push(expression.left, expression.right, { ...expression, operator: swapped[expression.operator] });
  }
  if (expression.kind === "call" && childrenOf(expression)[0]?.kind !== "family")
    here.push(...expression.operands.slice(0, 1));
  const deeper = childrenOf(expression).flatMap((child, place) =>
    child.kind === "family" || expression.kind === "member"
      ? []
      : mutantsOf(child, known).map((mutant) => withChild(expression, place, mutant)),
  );
  return [...here, ...deeper];
}

function withChild(expression: Expression, place: number, child: Expression): Expression {
  switch (expression.kind) {
    case "negate":
      return { ...expression, operand: child };
    case "binary":
      return place === 0 ? { ...expression, left: child } : { ...expression, right: child };
    case "call":
      return { ...expression, operands: expression.operands.map((operand, at) => (at === place ? child : operand)) };
    case "sum":
      return { ...expression, [["first", "last", "body"][place]!]: child };
    default:
      return expression;
  }
}

/** The oracle: far more points, and a difference far above rounding. */
function isSameOnManyPoints(first: Expression, second: Expression, known: readonly SymbolDeclaration[]): boolean {
  const random = randomFrom(99);
  for (let round = 0; round < 300; round++) {
    const at = drawPoint(known, random);
    const wanted = evaluate(first, at);
    if (!Number.isFinite(wanted)) continue;
    const value = evaluate(second, at);
    if (!(Math.abs(value - wanted) <= 1e-7 * Math.max(1, Math.abs(wanted)))) return false;
  }
  return true;
}
