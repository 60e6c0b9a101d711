/** The comments of the bank forms are read: each row has to cover what is written above it, and no word of the payer's. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeKnownCodeFinder } from '@saoke/core';
import { BANK_FORMS } from '../../../packages/core/src/payment/bankForms';
import { fold } from '../../../packages/core/src/payment/memoAnatomy';
import { OTHER_NUMBERS } from '../../../packages/core/src/payment/otherNumbers';

const source = readFileSync(path.join(__dirname, '../../../packages/core/src/payment/bankForms.ts'), 'utf8');
const [, table = ''] = source.split('BANK_FORMS: readonly RegExp[] = [\n');

/** For each row the forms above it, with the payer's words in place. */
const rows = [...table.matchAll(/((?:^\t\/\/.*\n)+)\t(?!\/\/)\S/gm)].map(([, comments = ''], at) => ({
	row: BANK_FORMS[at] as RegExp,
	forms: Array.from(comments.matchAll(/^\t\/\/ `(.*)`/gm), ([, form = '']) => form),
}));

test('every form is looked for everywhere in a memo', () => {
	const forms = [...BANK_FORMS, ...OTHER_NUMBERS.map(([, form]) => form)];
	expect(forms.filter(({ global }) => !global)).toEqual([]);
});

test('each row is directly under the forms that it covers', () => {
	expect(rows).toHaveLength(BANK_FORMS.length);
	const missed = rows.flatMap(({ row, forms }) => forms.filter((form) => fold(written(form)).search(row) < 0));
	expect(missed).toEqual([]);
	expect(rows.every(({ forms }) => forms.length > 0)).toBe(true);
});

test.each(rows.flatMap(({ forms }) => forms))(
	"in %p the payer's code is found, and no number of the bank's",
	(form) => {
		const awaited = ['KTX48213', ...(form.match(/\d{4,}/g) ?? [])];
		const found = makeKnownCodeFinder(awaited)(written(form)).map((position) => awaited[position]);
		expect(found).toEqual(form.includes('<memo>') ? ['KTX48213'] : []);
	},
);

function written(form: string): string {
	return form.replace('<memo>', 'ck KTX48213 nhe');
}
