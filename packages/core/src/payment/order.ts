/** An order that waits for money, as a workflow stores it and passes it in (JSON, or columns of a sheet). */
import { ParameterError } from '../errors/ParameterError';
import { asObject, kindOf } from '../json/reading';

export interface ReceivedPayment {
	transactionId: number | string;
	/** Missing in what was stored without it. */
	accountNumber?: string;
	/** VND. */
	amount: number;
}

export interface Order {
	/** As the shop writes it. */
	code: string;
	/** VND that are due. */
	amount: number;
	/** What has been counted for this order before. */
	received: ReceivedPayment[];
	/** Once true it stays so. */
	settled: boolean;
	/** Whatever else the shop keeps with the order; comes out unchanged. */
	fields: Record<string, unknown>;
}

const PARAMETER = 'orders';
const SHAPE = 'Each order is {"code": "DH1024", "amount": 500000, "received": [], "settled": false}.';

/**
 * Reads the list of orders. `received` may be the JSON text that a sheet stores, and is empty at first; amounts may be
 * digits in text; `settled` may be `TRUE` in text.
 *
 * @param value a list, or its JSON text
 * @throws ParameterError that names the order and what is wrong with it
 */
export function readOrders(value: unknown): Order[] {
	const list = typeof value === 'string' ? parseJson(value, 'The list of orders') : value;
	if (!Array.isArray(list))
		throw new ParameterError(PARAMETER, `This is not a list of orders but ${kindOf(list)}`, SHAPE);
	return list.map((entry, position) => readOrder(entry, `Order ${position + 1}`));
}

function readOrder(entry: unknown, name: string): Order {
	const fields = asObject(entry);
	if (!fields) throw new ParameterError(PARAMETER, `${name} is not an object but ${kindOf(entry)}`, SHAPE);
	const code = typeof fields.code === 'number' ? String(fields.code) : fields.code;
	if (typeof code !== 'string' || code.trim() === '') throw new ParameterError(PARAMETER, `${name} has no code`, SHAPE);
	const amount = readVnd(fields.amount);
	if (amount === undefined || amount <= 0) {
		throw new ParameterError(
			PARAMETER,
			`${name} has no amount in whole VND above 0`,
			`${SHAPE} Write amounts without separators.`,
		);
	}
	return {
		code,
		amount,
		received: readReceived(fields.received, name),
		settled: readSettled(fields.settled, name),
		fields,
	};
}

function readReceived(value: unknown, name: string): ReceivedPayment[] {
	if (value === undefined || value === null || value === '') return [];
	const list = typeof value === 'string' ? parseJson(value, `"received" of ${name}`) : value;
	if (!Array.isArray(list))
		throw new ParameterError(PARAMETER, `"received" of ${name} is not a list but ${kindOf(list)}`, SHAPE);
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

/** Whole VND from a number or its digits; undefined for anything else. */
function readVnd(value: unknown): number | undefined {
	const amount = typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value.trim()) : value;
	return typeof amount === 'number' && Number.isSafeInteger(amount) ? amount : undefined;
}

function parseJson(text: string, what: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new ParameterError(PARAMETER, `${what} is not valid JSON`, SHAPE);
	}
}
