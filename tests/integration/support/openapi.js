// schema/openapi.yaml as a judge: of each answer whether it is described there, and in the end of what was described and
// never seen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

export const TEXT = readFileSync(new URL("../../../schema/openapi.yaml", import.meta.url));
const ID = "parley";

const METHODS = ["get", "put", "post", "delete", "patch"];
const pointer = (...names) => `${ID}#/${names.map((one) => String(one).replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;

/** The same page, but that no object of an answer may have a member that is not described. */
function closed(page) {
  for (const schema of Object.values(page.components.schemas)) {
    if (schema.type === "object" && schema.properties !== undefined) schema.additionalProperties = false;
  }
  return page;
}

export class Description {
  constructor() {
    this.page = closed(parse(TEXT.toString("utf8")));
    this.ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addSchema(this.page, ID);
    /** operationId => {id, method, path, operation, seen: Set of "status" and "status CODE"} */
    this.operations = new Map();
    for (const [path, item] of Object.entries(this.page.paths)) {
      for (const method of METHODS.filter((one) => one in item)) {
        const operation = item[method];
        this.operations.set(operation.operationId, {
          id: operation.operationId, method: method.toUpperCase(), path, operation,
          parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => this.#followed(one)),
          seen: new Set(),
        });
      }
    }
  }

  /** What a $ref leads to, and where it stands. */
  #resolve(node, at) {
    while (node.$ref !== undefined) {
      at = node.$ref.slice(2).split("/").map((one) => one.replaceAll("~1", "/").replaceAll("~0", "~"));
      node = at.reduce((inner, name) => inner[name], this.page);
    }
    return { node, at };
  }

  #followed(node) { return this.#resolve(node, []).node; }

  #validate(at, value, what) {
    const judge = this.ajv.getSchema(pointer(...at));
    assert.ok(judge, `there is a schema at ${pointer(...at)}`);
    assert.ok(judge(value), `${what}: ${this.ajv.errorsText(judge.errors)} in ${JSON.stringify(value)}`);
  }

  schema(name, value) { this.#validate(["components", "schemas", name], value, name); }

  /** [name, example] of every example of a schema. */
  * examples() {
    for (const [name, { examples = [] }] of Object.entries(this.page.components.schemas))
      for (const one of examples) yield [name, one];
  }

  /** The codes that an operation's answer of this status may have; none for what is no refusal. */
  codes(id, status) {
    const response = this.operations.get(id).operation.responses[status];
    const schema = response && this.#followed(response).content?.["application/json"]?.schema;
    return schema?.allOf?.[1]?.properties?.code?.enum ?? [];
  }

  is(id, { body }) {
    const types = Object.keys(this.operations.get(id).operation.requestBody?.content ?? {});
    return types.includes(body);
  }

  takesBody(id) { return this.operations.get(id).operation.requestBody !== undefined; }
  needs(id, scheme) {
    return (this.operations.get(id).operation.security ?? this.page.security).some((one) => scheme in one);
  }

  /** The operation's path with these parameters; what is not given is nobody's id. */
  target(id, { path: values = {}, query = {} } = {}) {
    const { path, parameters } = this.operations.get(id);
    for (const name of [...Object.keys(values), ...Object.keys(query)])
      assert.ok(parameters.some((one) => one.name === name), `${id} has a parameter ${name}`);
    const asked = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    return path.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "00000000-0000-4000-8000-000000000000") + (asked && `?${asked}`);
  }

  /** Fails unless this answer of the operation is described; what was seen of it is kept. */
  judge(id, answer, what = id) {
    const entry = this.operations.get(id);
    const named = String(answer.status) in entry.operation.responses;
    const key = named ? String(answer.status) : "default";
    const { node: response, at } = this.#resolve(entry.operation.responses[key], ["paths", entry.path, entry.method.toLowerCase(), "responses", key]);
    assert.ok(named || answer.status >= 400, `${what}: ${answer.status} is not described: ${answer.text}`);
    this.#judgeHeaders(response, at, answer, what);
    this.#judgeBody(response, at, answer, what);
    entry.seen.add(key);
    if (answer.status >= 400 && answer.json !== undefined) {
      assert.equal(answer.json.status ?? answer.status, answer.status, what);
      entry.seen.add(`${key} ${answer.json.code}`);
    }
  }

  #judgeHeaders(response, at, answer, what) {
    for (const [name, header] of Object.entries(response.headers ?? {})) {
      const { node, at: place } = this.#resolve(header, [...at, "headers", name]);
      const value = answer.headers[name.toLowerCase()];
      if (value === undefined && !node.required) continue;
      this.#validate([...place, "schema"], value, `${what}: header ${name}`);
    }
  }

  #judgeBody(response, at, answer, what) {
    const type = answer.headers["content-type"];
    const types = Object.keys(response.content ?? {});
    if (types.length === 0) {
      assert.equal(answer.text, "", `${what}: no body is described`);
      assert.equal(type, undefined, `${what}: no body, no type`);
      return;
    }
    const found = types.find((one) => one === type) ?? types.find((one) => one === "*/*");
    assert.ok(found, `${what}: ${type} is none of ${types}`);
    if (found === "application/json")
      this.#validate([...at, "content", found, "schema"], answer.json, what);
  }

  /** What is described of these operations and was never seen. */
  unseen(ids = this.operations.keys()) {
    const missing = [];
    for (const id of ids) {
      const { operation, seen } = this.operations.get(id);
      for (const status of Object.keys(operation.responses).filter((one) => one !== "default")) {
        const wanted = this.codes(id, status).map((code) => `${status} ${code}`);
        for (const one of wanted.length > 0 ? wanted : [status]) if (!seen.has(one)) missing.push(`${id}: ${one}`);
      }
    }
    return missing;
  }
}
