// Holds a Teams manifest against the schema that Microsoft publishes for its version.
// usage: node validate.mjs PREFIX MANIFEST, where PREFIX/node_modules holds @microsoft/app-manifest, ajv-draft-04 and ajv-formats
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [prefix, file] = process.argv.slice(2);
const load = createRequire(join(resolve(prefix), "package.json"));
const Ajv = load("ajv-draft-04");
const addFormats = load("ajv-formats");

const manifest = JSON.parse(readFileSync(file, "utf8"));
const schemas = join(resolve(prefix), "node_modules/@microsoft/app-manifest/build/json-schemas/teams");
const schema = JSON.parse(readFileSync(join(schemas, `v${manifest.manifestVersion}`, "MicrosoftTeams.schema.json"), "utf8"));

const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
const validate = ajv.compile(schema);
if (validate(manifest)) {
  console.log(`valid against ${manifest.manifestVersion}`);
} else {
  for (const error of validate.errors) console.log(`${error.instancePath || "/"} ${error.message}`);
  process.exitCode = 1;
}
