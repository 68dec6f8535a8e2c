/** The format mini-language and rounding against what CPython prints, recorded by record.py. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {PyError} from '../../../../engine/ndarray/errors.ts';
import {floatRepr, roundFloat} from '../../../../engine/interpreter/text/decimal.ts';
import {formatFloat, formatInteger, formatString, parseSpec} from '../../../../engine/interpreter/text/spec.ts';

type Expected = string | readonly [string, string];

const recorded = JSON.parse(readFileSync(new URL('formats.json', import.meta.url), 'utf8')) as {
  readonly float: readonly (readonly [string, string, Expected])[];
  readonly int: readonly (readonly [string, string, Expected])[];
  readonly str: readonly (readonly [string, string, Expected])[];
  readonly round: readonly (readonly [string, number, string])[];
};

/** A float as Python prints it. */
function parsed(text: string): number {
  return Number(text.replace('inf', 'Infinity').replace('nan', 'NaN'));
}

function agrees(make: () => string, expected: Expected, what: string): void {
  if (typeof expected === 'string') {
    assert.equal(make(), expected, what);
    return;
  }
  assert.throws(make, (error) => error instanceof PyError && error.type === expected[0] && error.message === expected[1], `${what}: ${expected.join(': ')}`);
}

describe('format specifications', () => {
  it('print floats as CPython does', () => {
    for (const [value, spec, expected] of recorded.float) {
      agrees(() => formatFloat(parsed(value), parseSpec(spec, 'float')), expected, `format(${value}, '${spec}')`);
    }
  });

  it('print ints as CPython does', () => {
    for (const [value, spec, expected] of recorded.int) {
      agrees(() => formatInteger(BigInt(value), parseSpec(spec, 'int')), expected, `format(${value}, '${spec}')`);
    }
  });

  it('print strings as CPython does', () => {
    for (const [value, spec, expected] of recorded.str) {
      agrees(() => formatString(value, parseSpec(spec, 'str')), expected, `format('${value}', '${spec}')`);
    }
  });

  it('refuse what is none, in the words of CPython', () => {
    assert.throws(() => parseSpec('5 d d', 'int'), {message: "Invalid format specifier '5 d d' for object of type 'int'"});
    assert.throws(() => formatInteger(3, parseSpec('s', 'int')), {message: "Unknown format code 's' for object of type 'int'"});
  });
});

describe('floats', () => {
  it('print with the digits that read back', () => {
    for (const [value, spec, expected] of recorded.float) {
      if (spec === '') assert.equal(floatRepr(parsed(value)), expected);
    }
  });

  it('round to decimal places with ties to even', () => {
    for (const [value, places, expected] of recorded.round) {
      assert.equal(floatRepr(roundFloat(parsed(value), places)), expected, `round(${value}, ${places})`);
    }
  });
});
