// Holds the JSON Schemas against the library: an independent validator must say of every body in
// tests/payloads, and of every day from 0000-00-00 to 9999-13-32, what `parse`, `parse_general` and
// `parse_webhook` say.
//
//     node schema_agrees.mjs NODE_MODULES SCHEMAS PAYLOADS PRINT_VERDICTS
//
// Works for the validator `ajv` in the directory NODE_MODULES.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [modules, schemas, payloads, printVerdicts] = process.argv.slice(2).map((at) => path.resolve(at));
const require = createRequire(path.join(modules, 'here.js'));
const Ajv = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;

// What a schema cannot say, by the code of the error. docs/schema.md lists the same for users.
const beyondSchema = {
  empty_body: 'a schema is held against a JSON text: this is none',
  invalid_utf8: 'a schema is held against a JSON text: this is none',
  malformed_json: 'a schema is held against a JSON text: this is none',
  trailing_content: 'a schema is held against a JSON text: this is none',
  body_too_large: 'a limit of the reader, not of the contract',
  nesting_too_deep: 'a limit of the reader, not of the contract',
  duplicate_property: 'JSON readers keep one of two properties with one name',
};
const notJson = new Set(['empty_body', 'invalid_utf8', 'malformed_json', 'trailing_content']);
const limits = new Set(['body_too_large', 'nesting_too_deep']);

// An escape that is half a surrogate pair has no UTF-8, so that parse refuses it. JSON.parse takes
// it, and JSON.stringify writes it as an escape again.
const hasHalfSurrogatePair = (value) => /\\ud[89a-f]/.test(JSON.stringify(value));

const options = { strict: true, allErrors: true };
const ajv = addFormats(new Ajv(options));
const readSchema = (name) => JSON.parse(readFileSync(path.join(schemas, `${name}.schema.json`), 'utf8'));
const validators = {};
for (const name of ['integration-webhook', 'general-webhook', 'webhook']) {
  ajv.addSchema(readSchema(name), name);
  validators[name] = {
    root: ajv.compile({ $ref: name }),
    observed: ajv.compile({ $ref: `${name}#/$defs/observed` }),
    documented: ajv.compile({ $ref: `${name}#/$defs/documented` }),
  };
}

const output = (what) => execFileSync(printVerdicts, [what], { encoding: 'utf8', maxBuffer: 1 << 26 });

const faults = [];
const counts = { accepted: 0, refused: 0, beyond: 0, dates: 0 };

// Like parse, and unlike JSON.parse, skips one byte order mark.
function readJson(bytes) {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  return JSON.parse(text);
}

function compareBody({ body, schema, contract, code, pointer }) {
  const complain = (what) => faults.push(`${body} as ${schema}, ${contract}: ${what}`);
  let value;
  try {
    value = readJson(readFileSync(path.join(payloads, `${body}.json`)));
  } catch (error) {
    if (notJson.has(code) || limits.has(code)) {
      counts.beyond += 1;
    } else {
      complain(`parse says ${code ?? 'yes'}, but it is not JSON`);
    }
    return;
  }
  if (notJson.has(code) && !hasHalfSurrogatePair(value)) {
    complain(`parse says ${code}, but it is JSON`);
    return;
  }
  if (code in beyondSchema) {
    counts.beyond += 1;
    return;
  }

  const validate = validators[schema][contract];
  const valid = validate(value);
  if (contract === 'observed' && validators[schema].root(value) !== valid) complain('the root is not the observed contract');
  if (valid) {
    if (code) complain(`parse says ${code} at ${pointer}, the schema nothing`);
    counts.accepted += 1;
    return;
  }
  // All places that the schema complains of; parse names the first in the body's own order.
  const places = validate.errors.map(({ keyword, instancePath, params }) =>
    keyword === 'required' ? `${instancePath}/${params.missingProperty}` : instancePath,
  );
  if (!code) {
    complain(`parse says nothing, the schema complains of ${places}`);
  } else if (!places.includes(pointer)) {
    complain(`parse says ${code} at ${pointer}, the schema complains of ${places}`);
  }
  counts.refused += 1;
}

function compareDates() {
  const valid = ajv.compile({ $ref: 'webhook#/$defs/Timestamp' });
  const pattern = new RegExp(readSchema('webhook').$defs.Timestamp.pattern, 'u');
  const two = (number) => String(number).padStart(2, '0');
  output('dates').trimEnd().split('\n').forEach((line, year) => {
    for (let month = 0; month <= 13; month += 1) {
      for (let day = 0; day <= 32; day += 1) {
        const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T00:00:00Z`;
        const exists = line[month * 33 + day] === '1';
        if (pattern.test(text) !== exists) faults.push(`${text}: parse ${exists ? 'takes' : 'refuses'} it`);
        // The format must not refuse what the pattern allows. It is slow, so only some years.
        if (year % 100 === 0 && valid(text) !== exists) faults.push(`${text}: the format disagrees`);
        counts.dates += 1;
      }
    }
  });
}

JSON.parse(output('bodies')).forEach(compareBody);
compareDates();

faults.slice(0, 50).forEach((fault) => console.error(fault));
console.log(
  `${counts.accepted} accepted and ${counts.refused} refused alike, ${counts.beyond} beyond what a schema can say, ` +
    `${counts.dates} dates alike, ${faults.length} faults`,
);
if (counts.accepted === 0 || counts.refused === 0 || counts.beyond === 0 || counts.dates !== 10000 * 14 * 33) {
  console.error('something that should have been compared was not');
  process.exitCode = 1;
}
if (faults.length !== 0) process.exitCode = 1;
