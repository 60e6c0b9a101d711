/** An order that waits for money, as a workflow stores it and passes it in (JSON, or columns of a sheet). */
import { ParameterError } from '../errors';
import { asObject, asText, describeType } from '../json';
import { readValidity, type Validity } from './validity';
import { readVnd } from './vnd';

export interface ReceivedPayment {
	transactionId: number | string;
	/** Missing in what was stored without it. */
	accountNumber?: string;
	/** VND. */
	amount: number;
}

export interface Order extends Validity {
	/** As the shop writes it; empty if the order is known by its virtual account alone. */
	code: string;
	/** Number of the virtual account that the bank opened for this order or its payer. */
	virtualAccount?: string;
	/** Who is expected to pay: a hint for proposals, nothing is settled by it. */
	payerName?: string;
	/** VND that are due. */
	amount: number;
	/** What has been counted for this order before. */
	received: ReceivedPayment[];
	/** Once true it stays so. */
	settled: boolean;
	/** Whatever else the shop keeps with the order; comes out unchanged. */
	fields: Record<string, unknown>;
}

/** Names of the user's columns that differ from ours, e.g. `{ code: 'Mã đơn' }`. */
export type OrderFieldNames = Partial<
	Record<'code' | 'amount' | 'virtualAccount' | 'validFrom' | 'validUntil' | 'payerName', string>
>;

const PARAMETER = 'orders';
const SHAPE = 'Each order is {"code": "DH1024", "amount": 500000, "received": [], "settled": false}.';

/**
 * Reads the list of orders as people write them: amounts such as `500.000` or `500000 ₫`, times such as
 * `28/11/2026 09:30`. `received` may be the JSON text that a sheet stores, and is empty at first; `settled` may be
 * `TRUE` in text.
 *
 * Rows of a sheet that are blank, apart from columns such as a check box, are no orders.
 *
 * @param value a list, or its JSON text
 * @param names columns that have another name than ours
 * @throws ParameterError that names the order and what is wrong with it, or the column that no order has
 */
export function readOrders(value: unknown, names: OrderFieldNames = {}): Order[] {
	const list = typeof value === 'string' ? parseJson(value, 'The list of orders') : value;
	if (!Array.isArray(list))
		throw new ParameterError(PARAMETER, `This is not a list of orders but ${describeType(list)}`, SHAPE);
	checkNames(list, names);
	return list.flatMap((entry, position) => readOrder(entry, names, `Order ${position + 1}`) ?? []);
}

function checkNames(list: unknown[], names: OrderFieldNames): void {
	const [first] = list;
	for (const name of Object.values(names)) {
		if (first === undefined || list.some((entry) => Object.hasOwn(asObject(entry) ?? {}, name))) continue;
		const known = Object.keys(asObject(first) ?? {}).join(', ');
		throw new ParameterError(
			'orderFields',
			`No order has a field "${name}"`,
			`The first order has these fields: ${known}.`,
		);
	}
}

/** @returns undefined for a blank row */
function readOrder(entry: unknown, names: OrderFieldNames, name: string): Order | undefined {
	const record = asObject(entry);
	if (!record) throw new ParameterError(PARAMETER, `${name} is not an object but ${describeType(entry)}`, SHAPE);
	const fields = { ...record };
	for (const [field, column] of Object.entries(names)) fields[field] = record[column];
	if (isBlankRow(fields)) return undefined;
	const code = asText(fields.code).trim() === '' ? '' : asText(fields.code);
	const virtualAccount = readVirtualAccount(fields.virtualAccount, name);
	if (code === '' && virtualAccount === undefined) {
		throw new ParameterError(
			PARAMETER,
			`${name} has no ${names.code ?? 'code'} and no ${names.virtualAccount ?? 'virtualAccount'}`,
			`${SHAPE} It has these fields: ${Object.keys(record).join(', ') || 'none'}.`,
		);
	}
	const amount = readVnd(fields.amount);
	if (amount === undefined || amount <= 0) {
		throw new ParameterError(
			PARAMETER,
			`${name} has no amount in whole VND above 0`,
			`${names.amount === undefined ? SHAPE : `The amount is in the field "${names.amount}".`} Amounts such as 500.000 or 500000 ₫ in quotes are read too.`,
		);
	}
	const payerName = asText(fields.payerName).trim();
	return {
		code,
		...(virtualAccount === undefined ? {} : { virtualAccount }),
		...(payerName === '' ? {} : { payerName }),
		...readValidity(fields, name),
		amount,
		received: readReceived(fields.received, name),
		settled: readSettled(fields.settled, name),
		fields: record,
	};
}

/** A row of a sheet with nothing in the columns that make an order; others, such as a check box, may be filled in. */
function isBlankRow(fields: Record<string, unknown>): boolean {
	const isBlank = (field: string): boolean => asText(fields[field] ?? '').trim() === '';
	return Object.hasOwn(fields, 'amount') && ['amount', 'code', 'virtualAccount'].every(isBlank);
}

/** What names the order to people: its code, else its virtual account. */
export function getOrderName({ code, virtualAccount }: Pick<Order, 'code' | 'virtualAccount'>): string {
	return code === '' ? (virtualAccount ?? '') : code;
}

/** A number beyond 2^53 has lost digits already. */
function readVirtualAccount(value: unknown, name: string): string | undefined {
	if (value === undefined || value === null) return undefined;
	const text = typeof value === 'number' && !Number.isSafeInteger(value) ? '' : asText(value).trim();
	if (typeof value === 'string' && text === '') return undefined;
	if (/[A-Za-z0-9]/.test(text)) return text;
	throw new ParameterError(
		PARAMETER,
		`"virtualAccount" of ${name} is not an account number`,
		'Pass it as a text with all its digits, e.g. "VA0123456789".',
	);
}

function readReceived(value: unknown, name: string): ReceivedPayment[] {
	if (value === undefined || value === null || value === '') return [];
	const list = typeof value === 'string' ? parseJson(value, `"received" of ${name}`) : value;
	if (!Array.isArray(list))
		throw new ParameterError(PARAMETER, `"received" of ${name} is not a list but ${describeType(list)}`, SHAPE);
	return list.map((entry) => {
		const payment = asObject(entry);
		const transactionId = payment?.transactionId;
		const amount = readVnd(payment?.amount);
		if (
			(typeof transactionId !== 'number' && typeof transactionId !== 'string') ||
			transactionId === '' ||
			amount === undefined
		) {
			throw new ParameterError(
				PARAMETER,
				`"received" of ${name} has an entry without transactionId or amount`,
				'Pass back what this operation returned: [{"transactionId": 5789, "amount": 250000}].',
			);
		}
		const accountNumber = payment?.accountNumber;
		return typeof accountNumber === 'string' && accountNumber !== ''
			? { transactionId, accountNumber, amount }
			: { transactionId, amount };
	});
}

function readSettled(value: unknown, name: string): boolean {
	if (value === undefined || value === null) return false;
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '?';
	if (text === 'true' || text === '1') return true;
	if (text === '' || text === 'false' || text === '0') return false;
	throw new ParameterError(PARAMETER, `"settled" of ${name} is neither true nor false`, SHAPE);
}

function parseJson(text: string, what: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new ParameterError(PARAMETER, `${what} is not valid JSON`, SHAPE);
	}
}
