/**
 * Memos of the banks with the orders that wait for money: the one that is paid, its neighbours, and every number that
 * the bank or the payer wrote for another reason. The label is known because the memo is built around it.
 */
import { BANKS, isSameAtMb } from './banks';
import type { Random } from './random';
import { canName, variantsAround } from './sameMemo';
import { amountText, dateText, personName, phone } from './wording';

export interface WrappedMemo {
	bank: string;
	memo: string;
	/** A pattern for codes of this kind; undefined for bare numbers, which no pattern can have. */
	pattern?: string;
	/** All orders that wait. */
	awaited: string[];
	/** The one that the memo names; undefined if it names none of them. */
	code?: string;
	/** Whether another payer, who named another order that waits, could have got the same memo: nobody can tell. */
	isOpen: boolean;
	/** Whether the code is in the memo in one piece, so that a pattern can read it. */
	isWhole: boolean;
}

const BEFORE = ['', '', 'thanh toán', 'chuyển tiền', 'chuyển khoản', 'CK', 'thanh toán đơn hàng', 'TT', 'ck đơn', 'tiền hàng', 'ủng hộ', 'đặt cọc', 'shop ơi'];
const BEHIND = ['', '', 'chuyển tiền', 'thanh toán', 'cảm ơn shop', 'nhé', 'giao nhanh', 'size M'];

interface Kind {
	pattern?: string;
	make: (random: Random) => string;
}

const BASE36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');

function token(random: Random, length: number): string {
	const text = Array.from({ length }, () => random.pick(BASE36)).join('');
	return /\d/.test(text) && /[A-Z]/.test(text) ? text : token(random, length);
}

const KINDS: readonly Kind[] = [
	{ pattern: 'DH', make: (r) => `DH${r.between(1, 9)}${r.digits(4)}` },
	{ pattern: 'DH#{5-6}', make: (r) => `DH${r.between(1, 9)}${r.digits(r.between(4, 5))}` },
	{ pattern: 'NAPTIEN', make: (r) => `NAPTIEN${r.between(100, 99999)}` },
	{ pattern: 'INV????????', make: (r) => `INV${token(r, 8)}` },
	{ pattern: 'ORD-?{6}', make: (r) => `ORD-${token(r, 6)}` },
	{ pattern: 'SEVQR ????', make: (r) => `SEVQR ${token(r, 4)}` },
	{ make: (r) => `${r.between(1, 9)}${r.digits(5)}` },
	{ make: (r) => `${r.between(1, 9)}${r.digits(4)}` },
];

/** The code as a payer may write it. */
function written(code: string, random: Random): string {
	const text = random.pick([code, code, code.toLowerCase(), code.replace('D', 'Đ')]);
	return /^(?:DH|NAPTIEN)\d+$/.test(code) ? random.pick([text, text, text.replace(/(?<=[a-zđ])(?=\d)/i, random.pick([' ', '-']))]) : text;
}

function neighbours(code: string, random: Random): string[] {
	const last = code.slice(-1);
	const changed = /\d/.test(last) ? String((Number(last) + random.between(1, 9)) % 10) : random.pick(['7', '2']);
	return [`${code.slice(0, -1)}${changed}`, `${code}${random.digits(1)}`, code.slice(0, -1), code.slice(0, -2)];
}

const plainCode = (code: string): string => code.replace(/[^A-Z0-9]/g, '');

/** Numbers of four to twelve digits in a text. */
function numbersIn(text: string): string[] {
	return text.match(/(?<![A-Za-z0-9])\d{4,12}(?![A-Za-z0-9])/g) ?? [];
}

/** @param index chooses the bank, each in turn */
export function makeWrappedMemo(index: number, random: Random): WrappedMemo {
	const [bank, wrap] = BANKS[index % BANKS.length] as (typeof BANKS)[number];
	const kind = random.pick(KINDS);
	const code = kind.make(random);
	const isNamed = random.between(1, 6) > 1;
	const other = random.pick(['', '', '', '', '', amountText(random), dateText(random), phone(random), `${random.between(2, 9)} cái`]);
	const name = random.pick(['', '', personName(random), 'NGUYEN VAN A']);
	const order = isNamed ? written(code, random) : random.pick(['', 'đơn hàng', 'học phí', `K${code}`, /^DH\d+$/.test(code) ? `${code}77` : '']);
	const words = random.pick([
		[name, random.pick(BEFORE), order, random.pick(BEHIND)],
		[random.pick(BEFORE), order, other, random.pick(BEHIND), name],
		[other, random.pick(BEFORE), order, random.pick(BEHIND)],
	]);
	const said = words.filter((word) => word !== '').join(' ') || 'chuyển tiền';
	const before = random.copy();
	const memo = wrap(said, random);
	const compact = plainCode(code);
	const stated = plainCode(order.toUpperCase());
	const awaited = [...neighbours(code, random), ...numbersIn(memo)].filter(
		(one) => plainCode(one).length > 2 &&
			 plainCode(one) !== compact && plainCode(one) !== stated && !compact.endsWith(one) && !(/^\d+$/.test(one) && one.includes(compact.replace(/\D/g, ''))) && !/^(?:NAPTIEN|DH)$/.test(one),
	);
	const start = said.indexOf(order);
	const same = variantsAround(said, start, start + order.length).filter(
		(other) => wrap(other, before.copy()) === memo || isSameAtMb(bank, memo, other, before),
	);
	const isOpen = same.some((text) => awaited.some((one) => /[A-Z]/.test(one) && canName(text, one)));
	const folded = memo.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'D').toUpperCase();
	const place = code.replace(/[^A-Z0-9]/g, '').replace(/^[A-Z]+(?=\d+$)/, '$&[- ]?');
	const isWhole = new RegExp(/[- ]/.test(code) ? code.replace(/[- ]/, '[- ]?') : place).test(folded);
	return {
		bank,
		memo,
		...(kind.pattern && !order.endsWith('77') ? { pattern: kind.pattern } : {}),
		awaited: [...new Set([code, ...awaited])],
		...(isNamed ? { code } : {}),
		isOpen,
		isWhole,
	};
}
