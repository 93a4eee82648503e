/** For tests: judges values by the schemas of a document, formats asserted. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export interface DocumentValidator {
  /** @param pointer JSON pointer of a schema, like `/components/schemas/Envelope`. @returns what is wrong; empty when valid. */
  errors(pointer: string, value: unknown): string[];
}

/** @param document AsyncAPI 3.0 (schemas of draft 7) or OpenAPI 3.1 (2020-12). */
export function documentValidator(document: object): DocumentValidator {
  const options = { strict: false, allErrors: true } as const;
  const ajv = 'asyncapi' in document ? new Ajv(options) : new Ajv2020(options);
  addFormats.default(ajv as Ajv);
  ajv.addSchema(document, 'document:');
  const compiled = new Map<string, ValidateFunction>();
  return {
    errors(pointer, value) {
      const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `document:#${encodeURI(pointer)}` });
      compiled.set(pointer, validate);
      return validate(value) ? [] : (validate.errors ?? []).map(worded);
    },
  };
}

const worded = ({ instancePath, message, params }: ErrorObject) =>
  `${instancePath || '(whole)'} ${message} ${JSON.stringify(params)}`;
