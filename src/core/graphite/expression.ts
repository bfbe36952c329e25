// What a target text means: a path pattern, or a function called on other expressions.
//
//   alias(sumSeries(web.*.cpu),"all")
//   call alias ── call sumSeries ── path web.*.cpu
//              └─ text all

export type Expression = PathExpression | CallExpression | TemplateExpression;
export type Argument = Expression | Literal;

export interface PathExpression {
  readonly kind: 'path';
  readonly path: string;
}

/** A pipe `a|f(1)` is already folded into `f(a,1)`. */
export interface CallExpression {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Argument[];
  readonly named: readonly NamedArgument[];
  /** The text of the call as it stood in the target; seriesByTag uses it as its path. */
  readonly source: string;
  /** Where that text begins in the target, in characters from 0. */
  readonly at: number;
}

/** `template(body, values)`: `$name` in the paths of the body stands for a value. */
export interface TemplateExpression {
  readonly kind: 'template';
  readonly body: Expression;
  readonly values: ReadonlyMap<string, Literal>;
}

export interface NamedArgument {
  readonly name: string;
  readonly value: Argument;
}

export type Literal = NumberLiteral | TextLiteral | FlagLiteral | NoneLiteral;

export interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
  /** Written without a point or an exponent: Python reads an int and prints one. */
  readonly whole: boolean;
}

export interface TextLiteral {
  readonly kind: 'text';
  readonly text: string;
}

export interface FlagLiteral {
  readonly kind: 'flag';
  readonly on: boolean;
}

export interface NoneLiteral {
  readonly kind: 'none';
}
