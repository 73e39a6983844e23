// Exact values and three-valued logic, as the definition language means them (see model/expression.rs).
// Numbers are exact fractions of BigInt, never floats. Dates are "YYYY-MM-DD" texts, never Date objects. Missing is null.
"use strict";

const op = (() => {
  // A number: n of d parts, in lowest terms, d greater than 0.
  class Fraction {
    constructor(n, d) {
      const sign = d < 0n ? -1n : 1n;
      const divisor = common(n < 0n ? -n : n, d < 0n ? -d : d) * sign;
      this.n = n / divisor;
      this.d = d / divisor;
      Object.freeze(this);
    }
  }
  const common = (left, right) => {
    while (right !== 0n) [left, right] = [right, left % right];
    return left;
  };
  const whole = (count) => new Fraction(BigInt(count), 1n);
  const ZERO = whole(0);
  const ONE = whole(1);
  const CENT = new Fraction(1n, 100n);

  // "27.60" to its number; null for anything else.
  const number = (text) => {
    const match = /^([+-]?)(\d+)(?:\.(\d{1,28}))?$/.exec(String(text));
    if (!match) return null;
    const fraction = match[3] || "";
    const count = BigInt(match[2] + fraction);
    return new Fraction(match[1] === "-" ? -count : count, 10n ** BigInt(fraction.length));
  };
  // The other way round; a number whose decimals never end is written as the quotient that it is.
  const decimalText = ({ n, d }) => {
    let places = 0;
    while (10n ** BigInt(places) % d !== 0n) {
      if (++places > 28) return `${n}/${d}`;
    }
    const digits = (((n < 0n ? -n : n) * 10n ** BigInt(places)) / d).toString().padStart(places + 1, "0");
    return (n < 0n ? "-" : "") + digits.slice(0, digits.length - places) + (places ? "." + digits.slice(digits.length - places) : "");
  };
  // How many units a number is, if it is that many exactly.
  const units = (value, unit) => {
    const count = times(value, new Fraction(unit.d, unit.n));
    return count.d === 1n ? Number(count.n) : null;
  };
  const plus = (left, right) => new Fraction(left.n * right.d + right.n * left.d, left.d * right.d);
  const minus = (left, right) => new Fraction(left.n * right.d - right.n * left.d, left.d * right.d);
  const times = (left, right) => new Fraction(left.n * right.n, left.d * right.d);
  const down = (value, step) => {
    const steps = times(value, new Fraction(step.d, step.n));
    const count = steps.n / steps.d;
    return times(whole(steps.n < 0n && count * steps.d !== steps.n ? count - 1n : count), step);
  };

  // Missing operands make the result missing.
  const strict = (combine) => (...operands) => operands.some((operand) => operand === null) ? null : combine(...operands);

  // Kleene's und, oder, nicht.
  const and = (left, right) => (left === false || right === false ? false : left === null || right === null ? null : true);
  const or = (left, right) => (left === true || right === true ? true : left === null || right === null ? null : false);
  const not = (value) => (value === null ? null : !value);

  // Calendar dates as [year, month, day]; the day number counts from 0000-03-01 of the proleptic Gregorian calendar.
  const parts = (date) => [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  const pad = (value, width) => String(value).padStart(width, "0");
  const dateOf = (year, month, day) => (year < 1 || year > 9999 ? null : `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
  const leap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const daysIn = (year, month) => [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  const dayNumber = (date) => {
    const [year, month, day] = parts(date);
    const shifted = month <= 2 ? year - 1 : year;
    const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
    return 365 * shifted + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + ofYear;
  };
  const fromDayNumber = (count) => {
    const era = Math.floor(count / 146097);
    const rest = count - era * 146097;
    const ofEra = Math.floor((rest - Math.floor(rest / 1460) + Math.floor(rest / 36524) - Math.floor(rest / 146096)) / 365);
    const ofYear = rest - (365 * ofEra + Math.floor(ofEra / 4) - Math.floor(ofEra / 100));
    const slot = Math.floor((5 * ofYear + 2) / 153);
    const month = slot < 10 ? slot + 3 : slot - 9;
    return dateOf(ofEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - Math.floor((153 * slot + 2) / 5) + 1);
  };
  const isDate = (text) => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
    const [year, month, day] = parts(text);
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  };

  // Durations are ISO 8601 with one unit: P3M, P2W, P10D, P1Y.
  const duration = (text) => {
    const match = /^P(\d+)([YMWD])$/.exec(text);
    if (!match) return null;
    const count = Number(match[1]);
    return { Y: { months: 12 * count }, M: { months: count }, W: { days: 7 * count }, D: { days: count } }[match[2]];
  };
  const shift = (date, length, sign) => {
    const by = duration(length);
    if (!by) return null;
    if (by.days !== undefined) return fromDayNumber(dayNumber(date) + sign * by.days);
    const [year, month, day] = parts(date);
    const months = year * 12 + month - 1 + sign * by.months;
    const target = [Math.floor(months / 12), (months % 12) + 1];
    return dateOf(target[0], target[1], Math.min(day, daysIn(target[0], target[1])));
  };
  const order = (left, right) => {
    const [first, second] = [left, right].map((side) => (typeof side === "string" && side.startsWith("P") ? duration(side) : null));
    if (first && second) {
      const unit = first.months !== undefined ? "months" : "days";
      if (second[unit] === undefined) return null;
      return Math.sign(first[unit] - second[unit]);
    }
    if (left instanceof Fraction && right instanceof Fraction) [left, right] = [left.n * right.d, right.n * left.d];
    return left < right ? -1 : left > right ? 1 : 0;
  };
  // Groups are the same when all their parts are.
  const same = (left, right) => {
    if (left instanceof Fraction && right instanceof Fraction) return left.n === right.n && left.d === right.d;
    if (typeof left === "object" && typeof right === "object") return JSON.stringify(left) === JSON.stringify(right);
    if (typeof left === "string" && typeof right === "string" && duration(left) && duration(right)) {
      const result = order(left, right);
      return result === null ? null : result === 0;
    }
    return left === right;
  };
  const compare = (accept) => strict((left, right) => {
    const result = order(left, right);
    return result === null ? null : accept(result);
  });

  const completedMonths = (from, to) => {
    if (to < from) return null;
    const [start, end] = [parts(from), parts(to)];
    const months = (end[0] - start[0]) * 12 + end[1] - start[1];
    return end[2] < start[2] ? months - 1 : months;
  };
  const completedYears = (birth, day) => {
    if (day < birth) return null;
    const [start, end] = [parts(birth), parts(day)];
    const before = end[1] < start[1] || (end[1] === start[1] && end[2] < start[2]);
    return end[0] - start[0] - (before ? 1 : 0);
  };
  const step = (round) => strict((value, unit = ONE) => (unit.n <= 0n ? null : round(value, unit)));
  const up = (value, unit) => (same(down(value, unit), value) ? value : plus(down(value, unit), unit));
  const half = (unit) => new Fraction(unit.n, unit.d * 2n);
  const counted = (compute) => strict((...operands) => {
    const count = compute(...operands);
    return count === null ? null : whole(count);
  });
  // Lists among the operands are spread out; one that is missing makes the result missing.
  const several = (combine) => (...operands) => {
    const values = operands.flat();
    return values.length === 0 || values.some((value) => value === null) ? null : combine(values);
  };

  return Object.freeze({
    ONE, CENT, Fraction, number, decimalText, units, isDate, daysIn, and, or, not,
    n: number,
    equal: strict(same),
    unequal: strict((left, right) => not(same(left, right))),
    member: strict((value, member) => (Array.isArray(member) ? member.map((item) => (item === null ? null : same(value, item))).reduce(or, false) : same(value, member))),
    less: compare((result) => result < 0),
    atMost: compare((result) => result <= 0),
    greater: compare((result) => result > 0),
    atLeast: compare((result) => result >= 0),
    add: strict(plus),
    subtract: strict(minus),
    multiply: strict(times),
    share: strict((left, right) => times(times(left, right), CENT)),
    divide: strict((left, right) => (right.n === 0n ? null : times(left, new Fraction(right.d, right.n)))),
    negate: strict((value) => minus(ZERO, value)),
    later: strict((date, length) => shift(date, length, 1)),
    earlier: strict((date, length) => shift(date, length, -1)),
    otherwise: (value, fallback) => (value === null ? fallback : value),
    known: (value) => value !== null,
    choose: (condition, then, otherwise) => (condition === null ? null : condition ? then : otherwise),
    any: (...members) => members.reduce(or, false),
    between: strict((later, earlier) => (later < earlier ? null : `P${dayNumber(later) - dayNumber(earlier)}D`)),
    completedYears: counted(completedYears),
    completedMonths: counted(completedMonths),
    daysBetween: counted((from, to) => dayNumber(to) - dayNumber(from)),
    roundUp: step(up),
    roundDown: step(down),
    round: step((value, unit) => (value.n < 0n ? up(minus(value, half(unit)), unit) : down(plus(value, half(unit)), unit))),
    greatest: several((values) => values.reduce((best, value) => (order(value, best) > 0 ? value : best))),
    least: several((values) => values.reduce((best, value) => (order(value, best) < 0 ? value : best))),
    sum: (...operands) => (operands.flat().some((value) => value === null) ? null : operands.flat().reduce(plus, ZERO)),
    count: (list) => (list === null ? null : whole(list.length)),
    // How many conditions hold; not known while one of them is not.
    countTrue: (list) => (list === null || list.includes(null) ? null : whole(list.filter((item) => item).length)),
    // One of several, counted from 1.
    item: (list, index) => (list === null || index > list.length ? null : list[index - 1]),
    all: (list) => (list === null ? null : list.reduce(and, true)),
    some: (list) => (list === null ? null : list.reduce(or, false)),
    // Which row of a table applies: the first that is known to; -1 for none, missing while that is not known.
    row: (tests) => {
      const found = tests.indexOf(true);
      return found >= 0 ? found : tests.includes(null) ? null : -1;
    },
    year: strict((date) => whole(parts(date)[0])),
    monthStart: strict((date) => date.slice(0, 8) + "01"),
  });
})();

// One filled-in application, seen through the rulebook. Data are as in schema.json; the day is that of the application.
class Case {
  constructor(rulebook, data, day, items = new Map(), values = new Map()) {
    this.rulebook = rulebook;
    this.data = data;
    this.day = day;
    this.items = items;
    this.values = values;
    this.memory = new Map();
  }

  // The same case, where one of several persons is meant (counted from 0).
  at(person, index) {
    return new Case(this.rulebook, this.data, this.day, new Map(this.items).set(person, index), this.values);
  }

  // INVARIANT: definitions have no cycles; a key found while it is computed is missing all the same.
  remember(key, compute) {
    if (!this.memory.has(key)) {
      this.memory.set(key, null);
      const value = compute();
      this.memory.set(key, value === undefined ? null : value);
    }
    return this.memory.get(key);
  }

  // Whether a datum exists: what its own condition, its page and its person demand is known to be true; of several persons, for one
  // of them.
  exists(index) {
    const { when, person } = this.rulebook.data[index];
    if (when === null) return true;
    if (person !== null && this.rulebook.persons[person].several && !this.items.has(person)) {
      const each = this.each(person, (k) => k.exists(index));
      if (each !== null && each.length > 0) return each.includes(true);
    }
    return this.remember("x" + index, () => when(this)) === true;
  }

  holds(condition) {
    return condition === null || condition === undefined || this.remember("c" + condition, () => this.rulebook.conditions[condition](this)) === true;
  }

  datum(index) {
    return this.remember("d" + index, () => {
      if (this.values.has(index)) return this.values.get(index);
      if (!this.exists(index)) return null;
      const datum = this.rulebook.data[index];
      let place = this.data;
      if (datum.person !== null) {
        const person = this.rulebook.persons[datum.person];
        place = place[person.name];
        if (person.several) place = Array.isArray(place) ? place[this.items.get(datum.person)] : null;
      }
      const value = Case.read(datum.type, place === undefined || place === null ? null : place[datum.name]);
      return value === null && datum.none ? [] : value;
    });
  }

  // What is said of each of several persons.
  each(person, value) {
    const items = this.data[this.rulebook.persons[person].name];
    if (!Array.isArray(items) || items.length === 0) return this.rulebook.persons[person].least > 0 ? null : [];
    return items.map((_, index) => value(this.at(person, index)));
  }

  // What is said of each of several values of a datum.
  among(index, value) {
    const items = this.datum(index);
    const of = (item) => new Case(this.rulebook, this.data, this.day, this.items, new Map(this.values).set(index, item));
    return items === null ? null : items.map((item) => value(of(item)));
  }

  rule(index) {
    return this.remember("r" + index, () => this.rulebook.rules[index].value(this));
  }

  row(index) {
    return this.remember("e" + index, () => this.rulebook.decisions[index].row(this));
  }

  decision(index, output) {
    const row = this.row(index);
    return row === null || row < 0 ? null : this.rulebook.decisions[index].results[row][output](this);
  }

  truth(index) {
    return this.remember("p" + index, () => this.rulebook.preconditions[index].holds(this));
  }

  // How a precondition stands: what rests on a failed one is not applicable, be it named or be it that its table has no row.
  standing(index) {
    const { preconditions } = this.rulebook;
    const { rests, tables } = preconditions[index];
    if (rests.some((other) => this.truth(other) === false)) return "nicht_anwendbar";
    const truth = this.truth(index);
    if (truth !== null) return truth ? "erfuellt" : "nicht_erfuellt";
    const without = tables.some((table) => this.row(table) === -1) && preconditions.some((_, other) => this.truth(other) === false);
    return without ? "nicht_anwendbar" : "offen";
  }

  precondition(index) {
    const truth = this.truth(index);
    return truth === null && this.standing(index) === "nicht_anwendbar" ? false : truth;
  }

  fulfilled() {
    const truth = { erfuellt: true, nicht_erfuellt: false, nicht_anwendbar: false, offen: null };
    return this.rulebook.preconditions.reduce((all, _, index) => op.and(all, truth[this.standing(index)]), true);
  }

  parameter(index, option) {
    const period = this.rulebook.parameters[index].periods.filter(([from]) => from <= this.day).pop();
    if (!period) return null;
    const value = option === undefined ? period[1] : option === null ? null : period[1][option];
    return value === undefined ? null : value;
  }

  static component(group, name, type) {
    if (Array.isArray(group)) return group.map((item) => Case.component(item, name, type));
    return group === null ? null : Case.read(type, group[name]);
  }

  // A value as it stands in JSON to the value that rules compute with. What has another shape is missing.
  static read(type, raw) {
    if (raw === undefined || raw === null || raw === "") return null;
    if (type.list) return Array.isArray(raw) ? raw.map((item) => Case.read(type.list, item)) : null;
    if (type === "amount" || type === "integer") return Number.isSafeInteger(raw) ? new op.Fraction(BigInt(raw), type === "amount" ? 100n : 1n) : null;
    if (type === "decimal") return op.number(raw);
    if (type === "date") return op.isDate(raw) ? raw : null;
    if (type === "truth") return typeof raw === "boolean" ? raw : null;
    if (type === "group") return Case.says(raw) ? raw : null;
    return raw;
  }

  // A group without a single known part is no value.
  static says(raw) {
    return typeof raw === "object" && raw !== null ? Object.values(raw).some((part) => Case.says(part)) : raw !== undefined && raw !== null && raw !== "";
  }

  // The other way round, for tests and for showing values.
  static write(type, value) {
    if (value === null) return null;
    if (type.list) return value.map((item) => Case.write(type.list, item));
    if (!(value instanceof op.Fraction)) return value;
    const count = type === "amount" ? op.units(value, op.CENT) : type === "integer" ? op.units(value, op.ONE) : null;
    return count === null ? op.decimalText(value) : count;
  }
}

// Everything that follows from an application, in the values of schema.json: what the parity tests compare.
function evaluate(rulebook, data, day) {
  const instance = new Case(rulebook, data, day);
  const named = (list, value) => Object.fromEntries(list.map((item, index) => [item.name, value(item, index)]));
  return {
    sichtbar: rulebook.data.filter((_, index) => instance.exists(index)).map((datum) => datum.address),
    regeln: named(rulebook.rules, (rule, index) => Case.write(rule.type, instance.rule(index))),
    entscheidungen: named(rulebook.decisions, (decision, index) =>
      named(decision.outputs, (output, column) => Case.write(output.type, instance.decision(index, column)))),
    voraussetzungen: named(rulebook.preconditions, (_, index) => instance.standing(index)),
    erfuellt: instance.fulfilled(),
  };
}
