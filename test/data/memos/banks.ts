/**
 * How each bank wraps what a payer wrote, from statements that are public: dumps, test fixtures and issue threads.
 * Written apart from the reader, which is measured on it. Names and numbers are invented.
 */
import type { Random } from './random';
import { asBanksPrint, personName, phone, plain } from './wording';

export type Wrap = (memo: string, random: Random) => string;

const two = (random: Random, low: number, high: number): string => String(random.between(low, high)).padStart(2, '0');

const NAPAS_BANKS = ['MB', 'VPBANK', 'TCB', 'Ngan hang Tien phong (TPBANK)', '(ACB) A Chau'];

function person(random: Random): string {
	return asBanksPrint(personName(random));
}

function account(random: Random): string {
	return random.pick([`10${random.digits(8)}`, `0${random.between(1, 9)}${random.digits(11)}`, `19${random.digits(12)}`, `2${random.digits(7)}`]);
}

function clock(random: Random): string {
	return `${two(random, 0, 23)}:${two(random, 0, 59)}:${two(random, 0, 59)}`;
}

function day(random: Random, order: 'dmy' | 'mdy'): string {
	const [dd, mm] = [two(random, 1, 28), two(random, 1, 12)];
	return `${order === 'dmy' ? dd + mm : mm + dd}2${random.between(2, 6)}`;
}

function dayOf(year: string, random: Random): string {
	return `${two(random, 1, 28)}${two(random, 1, 12)}${year}`;
}

/** As Napas numbers a transfer: the day of the year, who sent it, and a number. */
function reference(random: Random): string {
	const serial = `${random.pick(['J', 'k', 'c'])}${random.digits(2)}${random.pick(['UHB', 'NUF', 'ATZ'])}${random.digits(2)}`;
	return `${random.between(5, 6)}${random.digits(3)}${random.pick(['IBT1', 'VNIB', 'MCOB'])}${serial}`;
}

/** Vietcombank's own form, as it leaves for another bank or stays. */
function vietcombank(memo: string, random: Random): string {
	const trace = random.pick(['', `${random.digits(6)}.`]);
	const to = `toi ${account(random)} ${person(random)}${random.pick(['', ` tai ${random.pick(NAPAS_BANKS)}`])}`;
	return `MBVCB.${random.between(1, 9)}${random.digits(9)}.${trace}${plain(memo)}.CT tu ${account(random)} ${person(random)} ${to}`;
}

/** How MB joins the lines of 35 characters into which it cuts a memo. */
const JOININGS = {
	2022: (lines: string[]) => lines.map((line) => line.trim()).join(' '),
	2024: (lines: string[]) => lines.map((line) => line.trim()).join(''),
	2025: (lines: string[]) => lines.join(' '),
	// Four lines, and the rest behind them.
	2026: (lines: string[]) => [lines.slice(0, 4).join('  '), ...lines.slice(4)].join(' '),
};

/** What MB has before it cuts: what it does not count, and the rest. */
interface Uncut {
	before: string;
	text: string;
}

type Year = keyof typeof JOININGS;

/** In rows of 2024 four lines are kept, and MB's own words behind a long memo are lost. */
function cut({ before, text }: Uncut, year: Year): string {
	const kept = year === 2024 ? text.slice(0, 4 * 35) : text;
	return before + JOININGS[year](kept.match(/[^]{1,35}/g) ?? []);
}

/** What MB gets: from Vietcombank, from another bank with the payer's name first, or the memo alone. */
function sentToMb(memo: string, random: Random): string {
	return random.pick([
		() => `MBVCB.${random.between(1, 9)}${random.digits(9)}.${random.digits(6)}.${plain(memo)}.CT tu ${account(random)} ${person(random)} toi ${account(random)} ${person(random)} tai MB`,
		() => `${person(random)} ${plain(memo)}`,
		() => plain(memo),
		() => plain(memo),
		() => `MB ${account(random)} ${plain(memo)}`,
		() => `${plain(memo)} ${day(random, 'dmy')} ${clock(random).replaceAll(':', random.pick([' ', ':']))} ${random.digits(6)}`,
	])();
}

/** MB's own end of a memo. */
function mbEnd(random: Random): string {
	const letters = `${random.pick(['g', 'b', 'X', 'D', 'n'])}${random.pick(['z', 'r', 'R', 'N', 'f'])}`;
	return random.pick([`- Ma GD ACSP/ ${letters}${random.digits(6)}`, ` - Ma giao dich/ Trace ${random.digits(6)}`]);
}

function printedIn2022(text: string): string {
	return cut({ before: 'CUSTOMER ', text }, 2022);
}

const UNCUT: Record<Year, (memo: string, random: Random) => Uncut> = {
	2022: (memo, random) => {
		const trace = random.digits(6);
		return { before: 'CUSTOMER ', text: `${sentToMb(memo, random).replaceAll('.', ' ')} Trace ${trace}` };
	},
	2024: (memo, random) => ({ before: '', text: `${sentToMb(memo, random)}${mbEnd(random)}` }),
	2025: (memo, random) => {
		const inner = `MBVCB.${random.between(1, 9)}${random.digits(9)}.${random.digits(6)}.${plain(memo)}.CT tu ${account(random)} ${person(random)} toi ${account(random)} ${person(random)} tai MB`;
		const before = random.pick([`${person(random)} `, '']);
		return { before, text: `${random.pick([inner, plain(memo)])}${mbEnd(random)}` };
	},
	2026: (memo, random) => {
		const fromTechcombank = `${plain(memo)} FT2${random.digits(13)}   Ma giao dich  Trace${random.digits(6)} Trace ${random.digits(6)}`;
		return { before: '', text: random.pick([`${sentToMb(memo, random)}${mbEnd(random)}`, fromTechcombank]) };
	},
};

const mb = (year: Year): Wrap => (memo, random) => cut(UNCUT[year](memo, random), year);

/** Whether MB can make the memo out of another payer's text, in whatever way it joins the lines. */
export function isSameAtMb(bank: string, memo: string, other: string, random: Random): boolean {
	const year = Number(/^MB (\d+)$/.exec(bank)?.[1] ?? (bank === 'MB, two blanks' ? 2026 : 0)) as Year;
	if (!(year in UNCUT)) return false;
	const uncut = UNCUT[year](other, random.copy());
	const counted = { before: '', text: uncut.before + uncut.text };
	return [uncut, counted].some((one) => [2022, 2024, 2025, 2026].some((joining) => cut(one, joining as Year) === memo));
}

const MB_INTERNAL: Wrap = (memo, random) =>
	random.pick([
		`${cut({ before: 'CUSTOMER ', text: plain(memo) }, 2025)}. TU: ${person(random)}`,
		`${cut({ before: '', text: `${plain(memo)}   Ma giao dich  Trace${random.digits(6)} Trace ${random.digits(6)}` }, 2024)} NG CHUYEN:CUSTOMER ${phone(random)}`,
	]);

const VIETCOMBANK: Wrap = (memo, random) =>
	random.pick([
		vietcombank,
		(text: string, r: Random) => `${r.digits(6)}.${day(r, 'dmy')}.${clock(r).replaceAll(':', '')}.${plain(text)}`,
		(text: string, r: Random) => `0200970${r.digits(3)}${r.digits(10)}2023${r.pick(['LzDU', 'Jz2V'])}${r.digits(6)}.${r.digits(5)}.${r.digits(6)}.${plain(text)}`,
		(text: string, r: Random) => `MBVCB.1${r.digits(10)}.${r.digits(6)} ${plain(text)} tu ${account(r)} ${person(r)} toi ${account(r)} ${person(r)}`,
		(text: string, r: Random) => `6${r.digits(3)}IBT1c${r.digits(2)}KTWD${r.digits(1)}.${plain(text)}.2026${two(r, 1, 12)}${two(r, 1, 28)}.${clock(r).replaceAll(':', '')}.${account(r)}.${person(r)}.970${r.digits(3)}`,
		(text: string, r: Random) => {
			const id = `6${r.digits(10)}`;
			return `PARTNER.DIRECT_DEBITS_VCB.MSE.${id}.2024${two(r, 1, 12)}${two(r, 1, 28)}.${id}-${phone(r)}_${plain(text)}`;
		},
		(text: string, r: Random) => `Sender:01${r.digits(6)}.DD:24${two(r, 1, 12)}${two(r, 1, 28)}.SHGD:1${r.digits(7)}.BO:${person(r)}.${plain(text)}`,
		(text: string, r: Random) => `SHGD:${r.digits(8)}.DD:${day(r, 'dmy')}.BO:${person(r)}.Remark:${plain(text)}`,
	])(memo, random);

const ACB: Wrap = (memo, random) =>
	random.pick([
		() => `${asBanksPrint(memo)} GD ${random.digits(6)}-${day(random, 'mdy')} ${clock(random)}`,
		() => `ACB;${random.digits(8)};${plain(memo)} GD ${random.digits(6)}-${day(random, 'mdy')} ${clock(random)}`,
		() => `${asBanksPrint(memo)}-${day(random, 'dmy')}-${random.pick(['', ' '])}${clock(random)} ${random.digits(6)}`,
		() => `${asBanksPrint(memo)}-${day(random, 'dmy')}-${random.pick(['', ' '])}${clock(random)}`,
		() => `ACC-GD ${random.digits(6)}-2022-${two(random, 1, 12)}-${two(random, 1, 28)}T${clock(random)}-${random.digits(6)}-/CTR/${plain(memo)}/MAC/0${random.digits(3)}AB${random.digits(4)}`,
		() => `${asBanksPrint(memo)} GD ${reference(random)} ${dayOf('25', random)}-${clock(random)}`,
		() => `${asBanksPrint(memo)}-GD-${random.digits(6)}-${dayOf('26', random)}-${clock(random)}`,
		() => `${asBanksPrint(memo)} - ${dayOf('2025', random)} ${clock(random)} ${random.digits(6)}`,
		() => `${vietcombank(memo, random)} GD ${random.digits(6)}-${day(random, 'mdy')} ${clock(random)}`,
	])();

const BIDV: Wrap = (memo, random) =>
	random.pick([
		() => `REM Tfr Ac: 120${random.digits(11)} O@L_080002_0_0_970418_${plain(memo)}`,
		() => `REM Tfr Ac:${random.digits(10)} O@L_080005_${random.digits(6)}_0_0_${random.digits(9)}_${random.between(1, 9)}${random.digits(10)} ${phone(random)} ${plain(memo)}`,
		() => `REM Tfr Ac:${random.digits(10)} ${plain(memo)}`,
		() => `TKThe :${random.digits(10)}, tai MB. ${plain(memo)} -CTLNHIDI${random.digits(12)}-1/1-CRE-002`,
	])();

const VIETINBANK: Wrap = (memo, random) =>
	random.pick([
		() => `CT DEN:${random.digits(12)} ${asBanksPrint(memo)}`,
		() => `CT DEN:${random.digits(3)}T26${random.digits(2)}B8K${random.digits(2)}T5H ${asBanksPrint(memo)}`,
		() => `ND:CT DEN:${random.digits(12)} ICB;${account(random)};${plain(memo)}; tai Napas`,
		() => `ND:CT DEN:${random.digits(12)} ${vietcombank(memo, random)}; tai Napas`,
		() => `${plain(memo)} (CT${random.digits(4)}) ${person(random)} 10${random.digits(7)}***`,
		() => `${plain(memo)} (CT${random.digits(4)}); thoi gian GD:${two(random, 1, 28)}/${two(random, 1, 12)}/2024 ${clock(random)} ${person(random).slice(0, 12)}`,
		() => `Chuyen tien den tu NAPAS Noi dung: ${asBanksPrint(memo)}-${day(random, 'dmy')}- ${clock(random)} ${random.digits(6)} (CT${random.digits(4)}) ${person(random)}`,
		() => `CT nhanh 247 den: ${plain(memo)}`,
	])();

const TECHCOMBANK: Wrap = (memo, random) =>
	random.pick([
		() => `${plain(memo)} FT2${random.digits(13)}`,
		() => `${plain(memo)} FT2${random.digits(13)}   Ma giao dich  Trace${random.digits(6)} Trace ${random.digits(6)}`,
		() => vietcombank(memo, random).replace(/(.{24,32}) /g, '$1\n'),
	])();

const MOMO: Wrap = (memo, random) => {
	const id = `${random.between(2, 9)}${random.digits(10)}`;
	return random.pick([
		() => `${id}-${plain(memo)}-CHUYEN TIEN-OQCH${random.digits(8)}-MOMO${id}MOMO`,
		() => `${id}-${plain(memo)}-CHUYEN TIEN-OQCH${random.digits(8)}-e78a${random.digits(4)}-73cf-4a3a-a7a4-e18c${random.digits(4)}`,
		() => printedIn2022(`MoMoT${phone(random)}T${id}T970422T${plain(memo)}`),
		() => `${random.digits(6)}.${day(random, 'dmy')}.${clock(random).replaceAll(':', '')}.${id}-${phone(random)}-${plain(memo)}`,
	])();
};

const ZALOPAY: Wrap = (memo, random) =>
	random.pick([
		() => `ZALOPAY-CHUYENTIEN-O5CH7BV0H${random.pick(['DOQ', 'XJ2', '4E2'])}-${plain(memo)}`,
		() => `ZP6KB2JDH${random.digits(1)} 240930${random.digits(9)} ZaloPay ${plain(memo)}`,
	])();

const TPBANK: Wrap = (memo, random) =>
	random.pick([plain(memo), vietcombank(memo, random), `QR - ${plain(memo)}`]);

const VPBANK: Wrap = (memo, random) =>
	`NHAN TU ${random.pick([phone(random), account(random)])} TRACE ${random.digits(6)} ND ${plain(memo)}`;

const NAPAS: Wrap = (memo, random) =>
	random.pick([
		`IBFT ${asBanksPrint(memo)}`,
		`ND:${plain(memo)};tai Napas`,
		`Napas247 ${plain(memo)}`,
		printedIn2022(`IBFT ${plain(memo)} Trace ${random.digits(6)}`),
	]);

export const BANKS: readonly (readonly [name: string, wrap: Wrap])[] = [
	['MB 2022', mb(2022)],
	['MB 2024', mb(2024)],
	['MB 2025', mb(2025)],
	['MB, two blanks', mb(2026)],
	['MB to MB', MB_INTERNAL],
	['Vietcombank', VIETCOMBANK],
	['ACB', ACB],
	['BIDV', BIDV],
	['VietinBank', VIETINBANK],
	['Techcombank', TECHCOMBANK],
	['TPBank', TPBANK],
	['VPBank', VPBANK],
	['MoMo', MOMO],
	['ZaloPay', ZALOPAY],
	['Napas', NAPAS],
];
