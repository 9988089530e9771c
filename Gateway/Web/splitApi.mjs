// Moves what only imports use out of src/core/api.generated.ts into importApi.generated.ts beside it: a bundle has a
// file in one piece, and nobody loads the answers about imports before they import something.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const core = join(dirname(fileURLToPath(import.meta.url)), "src/core");
const whole = join(core, "api.generated.ts");
const named = /^export (?:const|type|interface|function) (\w+)/m;
const isOfImports = (name) => /import|ColumnMapping|RefusedRow|SuggestMapping/i.test(name);

const text = readFileSync(whole, "utf8");
// Each declaration begins with its comment or with its own line, after a blank one.
const [head, ...declarations] = text.split(/\n\n(?=\/\*\*|export )/);
const [imports, others] = [[], []];
for (const each of declarations) {
  const name = named.exec(each)?.[1] ?? "";
  (isOfImports(name) ? imports : others).push(each.trimEnd());
}
const joined = (parts) => `${[head.trimEnd(), ...parts].join("\n\n")}\n`;
writeFileSync(whole, joined(others));
writeFileSync(join(core, "importApi.generated.ts"), joined(imports));
