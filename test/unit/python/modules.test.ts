/** Where Python finds a module: beside the file, above it, on the paths that it adds itself, and not in its package. */
import { assert } from "chai";
import { type SourceFiles, pathsOfModule } from "../../../src/core/python/modules";
import { addedFolders } from "../../../src/core/python/searchPath";

/** The first file that an import of `name` in the file `from` means. */
function found(name: string, from: string, files: Record<string, string>, roots: readonly string[] = []): string {
  const host: SourceFiles = { read: (path) => files[path], absolute: (path) => path, roots };
  return [...pathsOfModule({ name, level: 0 }, from, host)].find((path) => path in files) ?? "none";
}

describe("An absolute import", () => {
  const program = { "/work/run.py": "", "/work/parts.py": "", "/work/lib/parts.py": "" };

  it("means a file beside, or above", () => {
    assert.equal(found("parts", "/work/run.py", program), "/work/parts.py");
    assert.equal(found("parts", "/work/deep/run.py", { ...program, "/work/deep/run.py": "" }), "/work/parts.py");
  });

  it("means a file in a folder that the file puts in front, before all others", () => {
    const text = 'import os, sys\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))\n';
    assert.equal(found("parts", "/work/run.py", { ...program, "/work/run.py": text }), "/work/lib/parts.py");
  });

  it("means a file in a folder that the file adds, behind all others", () => {
    const text = 'import sys\nsys.path.append("lib")\n';
    const files = { ...program, "/work/run.py": text, "/work/lib/more.py": "" };
    assert.equal(found("parts", "/work/run.py", files), "/work/parts.py");
    assert.equal(found("more", "/work/run.py", files), "/work/lib/more.py");
  });

  const inPackage = { "/work/kit/__init__.py": "", "/work/kit/parts.py": "", "/work/kit/datasets.py": "" };

  it("means a file of the package where a script may be run from inside", () => {
    const files = { ...inPackage, "/work/kit/run.py": "import parts\n" };
    assert.equal(found("parts", "/work/kit/run.py", files), "/work/kit/parts.py");
  });

  it("means another package where a script is a part of its own, or by a well-known name", () => {
    const files = { ...inPackage, "/work/kit/run.py": "from .parts import Net\n" };
    assert.equal(found("parts", "/work/kit/run.py", files), "none");
    assert.equal(found("datasets", "/work/kit/other.py", inPackage), "none");
    const installed = { ...inPackage, "/packages/datasets/__init__.py": "" };
    const where = found("datasets", "/work/kit/other.py", installed, ["/packages"]);
    assert.equal(where, "/packages/datasets/__init__.py");
  });
});

describe("The folders that a file adds to the search path", () => {
  const cases: Record<string, readonly string[]> = {
    'sys.path.insert(0, "../lib")': ["/work/lib"],
    "sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))": ["/work"],
    'sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))  # ours': ["/work/lib"],
    'sys.path.insert(0, os.path.join(__file__, "..", "lib"))': ["/work/app/lib"],
    'sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))': ["/work/src"],
    'sys.path.insert(0, str(Path(__file__).parents[1] / "src"))': ["/work/src"],
    "sys.path.insert(0, ROOT)": [],
    'sys.path.insert(0, "/opt/lib")': [],
    'sys.path.insert(1, "../lib")': [],
    'sys.path.insert(0, os.environ["LIB"])': [],
  };
  for (const [line, folders] of Object.entries(cases))
    it(line, () => {
      assert.deepEqual(addedFolders("/work/app/run.py", `import sys\n${line}\n`).first, folders);
    });
});
