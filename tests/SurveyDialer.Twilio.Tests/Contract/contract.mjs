// Held against what Twilio publishes: its description of its interface, its signatures, its TwiML and its client. Reads one JSON object from
// standard input, writes one to standard output. The packages lie in the folder given as the second argument.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , what, folder] = process.argv;
const require = createRequire(join(folder, 'package.json'));
const input = JSON.parse(readFileSync(0, 'utf8') || 'null');

// ── requests and answers against the OpenAPI description ──

function exchanges(list) {
  const spec = JSON.parse(readFileSync(join(folder, 'node_modules/@twilio/cli-core/src/services/twilio-api/twilio_api_v2010.json'), 'utf8'));
  const paths = Object.keys(spec.paths).map((path) => [new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`), path]);
  const problems = [];
  let checked = 0;
  for (const exchange of list) {
    const where = `${exchange.method} ${exchange.path} -> ${exchange.status}`;
    const path = paths.find(([pattern]) => pattern.test(exchange.path))?.[1];
    const operation = path && spec.paths[path][exchange.method.toLowerCase()];
    if (!operation) { problems.push(`${where}: no such operation`); continue; }
    const tell = (problem) => problems.push(`${where}: ${problem}`);
    parameters(spec, spec.paths[path], operation, exchange, tell);
    answer(spec, operation, exchange, tell);
    checked++;
  }
  return { checked, problems };
}

function parameters(spec, path, operation, exchange, tell) {
  const form = operation.requestBody?.content['application/x-www-form-urlencoded'].schema ?? { properties: {} };
  const query = Object.fromEntries([...(path.parameters ?? []), ...(operation.parameters ?? [])].filter((one) => one.in === 'query').map((one) => [one.name, one.schema]));
  for (const [given, known, required] of [[exchange.form, form.properties, form.required ?? []], [exchange.query, query, []]]) {
    for (const name of required) if (!given.some(([key]) => key === name)) tell(`lacks ${name}`);
    for (const name of new Set(given.map(([key]) => key))) {
      const schema = known[name] && resolve(spec, known[name]);
      const values = given.filter(([key]) => key === name).map(([, value]) => value);
      if (!schema) tell(`unknown parameter ${name}`);
      else if (schema.type === 'array') values.forEach((value) => typed(spec, schema.items, fromText(value, resolve(spec, schema.items)), name, tell));
      else if (values.length > 1) tell(`${name} given ${values.length} times`);
      else typed(spec, schema, fromText(values[0], schema), name, tell);
    }
  }
}

function answer(spec, operation, exchange, tell) {
  if (exchange.status >= 400) {
    const error = exchange.body ?? {};
    if (typeof error.code !== 'number' || typeof error.message !== 'string' || error.status !== exchange.status) tell(`not an error as Twilio writes it: ${JSON.stringify(error)}`);
    return;
  }
  const expected = operation.responses[exchange.status];
  if (!expected) { tell(`answered ${exchange.status} instead of ${Object.keys(operation.responses)}`); return; }
  const schema = expected.content?.['application/json']?.schema;
  if (schema) typed(spec, schema, exchange.body, 'body', tell);
  else if (exchange.body !== null) tell('has a body');
}

function fromText(text, schema) {
  if (schema.type === 'integer' || schema.type === 'number') return text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
  return schema.type === 'boolean' ? { true: true, false: false }[text] ?? text : text;
}

function resolve(spec, schema) {
  return schema.$ref ? schema.$ref.slice(2).split('/').reduce((at, key) => at[key.replace(/~1/g, '/').replace(/~0/g, '~')], spec) : schema;
}

const formats = {
  'date-time-rfc-2822': /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} \+0000$/,
  'phone-number': /^\+?[0-9]+$/,
  'http-method': /^(GET|POST|HEAD|PATCH|PUT|DELETE)$/,
  'date-time': /^\d{4}-\d{2}-\d{2}/,
};

// A relative *_uri is Twilio's own habit, and against its own description; so `uri` is only asked of what we send.
function typed(spec, raw, value, at, tell) {
  const schema = resolve(spec, raw);
  if (value === null) { if (!schema.nullable && schema.type) tell(`${at} is null`); return; }
  const type = Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  if (schema.type && schema.type !== type && !(schema.type === 'number' && type === 'integer')) { tell(`${at} is ${type}, not ${schema.type}`); return; }
  if (schema.enum && !schema.enum.includes(value)) tell(`${at} is ${JSON.stringify(value)}, not one of ${schema.enum}`);
  if (schema.pattern && !new RegExp(schema.pattern).test(value)) tell(`${at} is ${value}, not ${schema.pattern}`);
  if (schema.minLength > value.length || schema.maxLength < value.length) tell(`${at} has ${value.length} characters`);
  if (formats[schema.format] && !formats[schema.format].test(value)) tell(`${at} is ${value}, not a ${schema.format}`);
  if (schema.format === 'uri' && /^[A-Z]/.test(at) && !URL.canParse(value)) tell(`${at} is ${value}, not an address`);
  if (type === 'array') value.forEach((item, i) => typed(spec, schema.items ?? {}, item, `${at}[${i}]`, tell));
  if (type !== 'object' || !schema.properties) return;
  for (const name of schema.required ?? []) if (!(name in value)) tell(`${at} lacks ${name}`);
  for (const [name, one] of Object.entries(value)) {
    if (schema.properties[name]) typed(spec, schema.properties[name], one, `${at}.${name}`, tell);
    else tell(`${at}.${name} is unknown`);
  }
}

// ── signatures ──

function signatures({ token, requests }) {
  const { getExpectedTwilioSignature } = require('twilio/lib/webhooks/webhooks.js');
  return requests.map(({ url, fields }) => getExpectedTwilioSignature(token, url, grouped(fields)));
}

function received({ token, requests }) {
  const { validateRequest } = require('twilio');
  return requests.map(({ url, fields, signature }) => validateRequest(token, signature, url, grouped(fields)));
}

function grouped(fields) {
  const all = {};
  for (const [name, value] of fields) all[name] = name in all ? [].concat(all[name], value) : value;
  return all;
}

// ── documents ──

function twiml(documents) {
  const types = readFileSync(join(folder, 'node_modules/twilio/lib/twiml/VoiceResponse.d.ts'), 'utf8');
  const problems = [];
  let verbs = 0;
  for (const { name, tree } of documents) {
    const visit = (verb, parent) => {
      verbs++;
      const tell = (problem) => problems.push(`${name}: <${verb.name}> ${problem}`);
      const own = methods(types, parent);
      if (!own.has(verb.name.toLowerCase())) tell(`does not belong in <${parent}>`);
      const known = attributes(types, verb.name);
      for (const [key, value] of Object.entries(verb.attributes)) {
        if (!(key in known)) tell(`has no attribute ${key}`);
        else allowed(types, known[key], value, key, tell);
      }
      verb.children.forEach((child) => visit(child, verb.name));
    };
    if (tree.name !== 'Response') problems.push(`${name}: the root is <${tree.name}>`);
    tree.children.forEach((verb) => visit(verb, 'VoiceResponse'));
  }
  return { verbs, problems };
}

function methods(types, verb) {
  const head = verb === 'VoiceResponse' ? /declare class VoiceResponse extends TwiML \{/ : new RegExp(`class ${verb} extends TwiML \\{`);
  const from = types.search(head);
  if (from < 0) return new Set();
  const body = types.slice(from + 20, types.indexOf(' extends TwiML', from + 60));
  return new Set([...body.matchAll(/^\s+(\w+)\(/gm)].map((match) => match[1].toLowerCase()));
}

function attributes(types, verb) {
  const match = types.match(new RegExp(`interface ${verb}Attributes \\{([^}]*)\\}`));
  return match ? Object.fromEntries([...match[1].matchAll(/^\s+'?([\w:]+)'?\?: ([^;]+);/gm)].map(([, name, type]) => [name, type.trim()])) : {};
}

function allowed(types, type, value, key, tell) {
  if (type === 'number' && !/^\d+$/.test(value)) tell(`${key} is ${value}, not a number`);
  if (type === 'boolean' && !/^(true|false)$/.test(value)) tell(`${key} is ${value}, not true or false`);
  const names = types.match(new RegExp(`type ${type.replace(/\[\]$/, '')} = ([^;]+);`));
  if (!names || !/^[A-Z]\w+(\[\])?$/.test(type)) return;
  const values = [...names[1].matchAll(/"([^"]*)"/g)].map((match) => match[1]);
  for (const word of type.endsWith('[]') ? value.split(' ') : [value]) if (!values.includes(word)) tell(`${key} is ${word}, which the library does not know`);
}

// ── Twilio's own client against the simulator ──

async function client({ address, account, token, from, to }) {
  const twilio = require('twilio');
  const http = new twilio.RequestClient();
  const send = http.request.bind(http);
  http.request = (options) => send({ ...options, uri: options.uri.replace(/^https:\/\/[^/]+/, address.replace(/\/$/, '')) });
  const api = twilio(account, token, { httpClient: http });
  const told = {};
  const calls = [];
  for (const number of to) calls.push(await api.calls.create({ to: number, from, url: 'http://127.0.0.1:9/voice', statusCallbackEvent: ['ringing', 'completed'] }));
  told.created = calls.every((call) => /^CA[0-9a-f]{32}$/.test(call.sid) && call.status === 'queued' && call.dateCreated instanceof Date);
  told.fetched = (await api.calls(calls[0].sid).fetch()).to === to[0];
  told.listed = (await api.calls.list({ pageSize: 2 })).map((call) => call.sid).sort().join() === calls.map((call) => call.sid).sort().join();
  told.filtered = (await api.calls.list({ to: to[1], from, pageSize: 1 })).map((call) => call.sid).join() === calls[1].sid;
  told.after = (await api.calls.list({ startTimeAfter: new Date(Date.UTC(2001, 0, 1)), pageSize: 20 })).length === 0;
  told.canceled = (await api.calls(calls[2].sid).update({ status: 'canceled' })).status === 'canceled';
  told.refused = await api.calls.create({ to: '+15005550001', from, url: 'http://127.0.0.1:9/voice' }).then(() => 0, (error) => error.code);
  told.missing = await api.calls('CA' + '0'.repeat(32)).fetch().then(() => 0, (error) => error.status);
  const text = await api.messages.create({ to: to[0], from, body: '您好，回1' });
  told.texted = /^SM[0-9a-f]{32}$/.test(text.sid) && text.body === '您好，回1' && text.numSegments === '1';
  told.texts = (await api.messages.list({ to: to[0], pageSize: 5 })).map((one) => one.sid).join() === text.sid;
  told.longText = await api.messages.create({ to: to[0], from, body: 'x'.repeat(1601) }).then(() => 0, (error) => error.code);
  told.removed = await api.messages(text.sid).remove();
  told.gone = await api.messages(text.sid).fetch().then(() => 0, (error) => error.status);
  return told;
}

const work = { exchanges, signatures, received, twiml, client };
process.stdout.write(JSON.stringify(await work[what](input)));
