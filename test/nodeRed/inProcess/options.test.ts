/** The same number means the same in n8n and in Node-RED: both read it from one table. */
import { NUMBER_OPTIONS } from '@saoke/core';
import { CassoPollingTrigger } from '../../../nodes/Casso/CassoPollingTrigger.node';
import { readPollSettings } from '../../../packages/node-red-saoke/src/nodes/casso-poll/settings';
import type { INodeProperties } from 'n8n-workflow';

const transaction = (amount: number) => ({ transaction: { amount, description: '', accountNumber: '1' } }) as never;

test('a maximum amount of 0 is no limit: a poll passes every transaction on', () => {
	const { options } = readPollSettings({ maxAmount: '0' } as never);
	expect(options.filter?.(transaction(5_000_000))).toBe(true);
	expect(readPollSettings({ maxAmount: '1000' } as never).options.filter?.(transaction(5_000_000))).toBe(false);
});

test.each([
	['overlapDays', '0'],
	['overlapDays', '32'],
	['backlogDays', '367'],
	['interval', '4'],
])('%s %s is refused, as in n8n', (name, value) => {
	expect(() => readPollSettings({ [name]: value } as never)).toThrow(/^Must be a whole number/);
});

test("n8n's fields have the ranges of the table", () => {
	const fields = new CassoPollingTrigger().description.properties
		.flatMap(({ options = [] }) => options as INodeProperties[])
		.filter(({ name, type }) => type === 'number' && name in NUMBER_OPTIONS);
	expect(fields.map(({ name }) => name)).toEqual(
		expect.arrayContaining(['overlapDays', 'backlogDays', 'pageSize', 'parallel', 'maxAmount']),
	);
	for (const { name, typeOptions } of fields) {
		const { min, max } = NUMBER_OPTIONS[name as keyof typeof NUMBER_OPTIONS] as { min: number; max?: number };
		expect({ name, ...typeOptions }).toEqual({ name, minValue: min, ...(max === undefined ? {} : { maxValue: max }) });
	}
});
