/** What single characters and LaTeX commands stand for in a formula. */

type Table = Readonly<Record<string, string>>;

/** Letters that keyboards and copied texts offer for the same thing. */
export const words: Table = {
  α: "alpha", β: "beta", γ: "gamma", δ: "delta", Δ: "Delta", ε: "epsilon", ϵ: "epsilon", ζ: "zeta", η: "eta", θ: "theta",
  ϑ: "theta", κ: "kappa", λ: "lambda", Λ: "Lambda", μ: "mu", µ: "mu", ν: "nu", ξ: "xi", π: "pi", ρ: "rho", σ: "sigma",
  ς: "sigma", Σ: "sum", "∑": "sum", τ: "tau", φ: "phi", ϕ: "phi", Φ: "Phi", χ: "chi", ψ: "psi", ω: "omega", "∇": "nabla",
  "∂": "partial", "√": "sqrt", ℒ: "L", ℓ: "ell",
}; // prettier-ignore

export const marks: Table = {
  "−": "-", "–": "-", "—": "-", "·": "*", "⋅": "*", "×": "*", "∗": "*", "∙": "*", "⊙": "*", "÷": "/", "∕": "/", "′": "'",
  "’": "'", "←": "=", "⋆": "⋆", "★": "⋆", "‖": "|", "≤": "≤", "⩽": "≤", "<": "<", "…": "…", ";": ";", "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉",
}; // prettier-ignore

export const raised: Table = {
  "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "⁻": "-", "⁺": "+",
  "⁽": "(", "⁾": ")", ᵗ: "t", ᵀ: "T", ⁿ: "n", ᵃ: "a", ᵇ: "b", ᶜ: "c", ᵈ: "d", ᵉ: "e", ʰ: "h", ⁱ: "i", ʲ: "j", ᵏ: "k",
  ˡ: "l", ᵐ: "m", ᵖ: "p", ʳ: "r", ˢ: "s", ᵘ: "u", ᵛ: "v", ʷ: "w", ˣ: "x", ʸ: "y", ᴸ: "L", ᴹ: "M", ᴺ: "N",
}; // prettier-ignore

export const lowered: Table = {
  "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8", "₉": "9", "₊": "+", "₋": "-",
  "₌": "=", "₍": "(", "₎": ")", ₐ: "a", ₑ: "e", ₕ: "h", ᵢ: "i", ⱼ: "j", ₖ: "k", ₗ: "l", ₘ: "m", ₙ: "n", ₒ: "o", ₚ: "p",
  ᵣ: "r", ₛ: "s", ₜ: "t", ᵤ: "u", ᵥ: "v", ₓ: "x",
}; // prettier-ignore

export const fractions: Table = { "½": "(1/2)", "⅓": "(1/3)", "⅔": "(2/3)", "¼": "(1/4)", "¾": "(3/4)" };

/** LaTeX commands that stand for a mark. */
export const commandMarks: Table = {
  cdot: "*", times: "*", odot: "*", ast: "*", div: "/", lfloor: "⌊", rfloor: "⌋", lceil: "⌈", rceil: "⌉", lvert: "|", rvert: "|",
  vert: "|", mid: "|", lVert: "|", rVert: "|", Vert: "|", star: "⋆", gets: "=", leftarrow: "=", prime: "'", lbrace: "(", rbrace: ")", le: "≤", leq: "≤", leqslant: "≤", lt: "<", dots: "…", ldots: "…",
  cdots: "…", dotsc: "…",
}; // prettier-ignore

/** Commands under another name. */
export const otherNames: Table = {
  varepsilon: "epsilon", vartheta: "theta", varphi: "phi", dfrac: "frac", tfrac: "frac", cfrac: "frac", widehat: "hat",
  sup: "max", inf: "min",
}; // prettier-ignore

/** Commands that change only the look. */
export const looks: ReadonlySet<string> = new Set(
  "left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle limits quad qquad".split(" "),
);

/** Commands that change the letters of a group; around a word its braces go with them. */
export const fonts = "mathrm mathbf mathbb mathcal mathit mathsf boldsymbol bm operatorname textrm text".split(" ");

/** Combining characters by the LaTeX accent's name. */
export const accents: Table = { "\u0302": "hat", "\u0304": "bar", "\u0303": "tilde" };
