// /functions: the reference of every function, from what stands beside its code.

import { signatureOf, optionsOf } from '../../core/graphite/describe.ts';
import type { Literal } from '../../core/graphite/expression.ts';
import { RENDER_FUNCTIONS } from '../../core/graphite/functions/registry.ts';
import { PIE_FUNCTIONS } from '../../core/graphite/pie-functions.ts';
import type { Described, Param } from '../../core/graphite/render-function.ts';
import { pythonNumber } from '../../core/base/number.ts';
import { jsonAnswer } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import { pythonJson, type JsonValue } from '../python-json.ts';

/** What clients take for the place of the built-in functions. */
const MODULE = 'graphite.render.functions';

/** All functions, those of one `group`, or, with `grouped`, all in groups. */
export function answerFunctions(parameters: Parameters): Response {
  const group = parameters.one('group');
  const infos = new Map<string, JsonValue>();
  const groups = new Map<string, Map<string, JsonValue>>();
  for (const [name, definition] of Object.entries(functionsOf(parameters))) {
    if (group !== null && definition.group !== group) continue;
    const info = infoOf(name, definition);
    infos.set(name, info);
    const inGroup = groups.get(definition.group) ?? new Map<string, JsonValue>();
    groups.set(definition.group, inGroup.set(name, info));
  }
  const isGrouped = ['1', 'true'].includes((parameters.one('grouped') ?? '').toLowerCase());
  return jsonAnswer(pythonJson(isGrouped ? groups : infos), parameters);
}

// Functions of pie charts are a set of their own, and some have the names of others.
function functionsOf(parameters: Parameters): Readonly<Record<string, Described>> {
  return parameters.one('type') === 'pie' ? PIE_FUNCTIONS : RENDER_FUNCTIONS;
}

export function answerFunction(name: string, parameters: Parameters): Response {
  const functions = functionsOf(parameters);
  const definition = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!definition)
    return new Response(pythonJson({ error: `Function not found: ${name}` }), {
      status: 404,
      headers: { 'content-type': 'application/json' },
    });
  return jsonAnswer(pythonJson(infoOf(name, definition)), parameters);
}

function infoOf(name: string, definition: Described): JsonValue {
  return {
    name,
    function: signatureOf(name, definition),
    description: definition.description,
    module: MODULE,
    group: definition.group,
    params: definition.params.map(paramInfo),
  };
}

function paramInfo(param: Param): JsonValue {
  const options = optionsOf(param);
  return {
    name: param.name,
    type: param.type,
    ...(param.isRequired ? { required: true } : {}),
    ...(param.default ? { default: defaultJson(param.default) } : {}),
    ...(param.isMultiple ? { multiple: true } : {}),
    ...(options ? { options } : {}),
    ...(param.suggestions ? { suggestions: param.suggestions } : {}),
  };
}

// JSON has no infinity; this number is read as one.
function defaultJson(value: Literal): JsonValue {
  switch (value.kind) {
    case 'number':
      if (value.value === Infinity) return { raw: '1e9999' };
      return { raw: pythonNumber(value.value, value.whole) };
    case 'text':
      return value.text;
    case 'flag':
      return value.on;
    default:
      return null;
  }
}
