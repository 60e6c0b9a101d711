/**
 * Memos that MB cut into lines, with orders that wait whose codes are as near to each other as can be. Written from the
 * public forms, apart from the reader and from the other generator.
 */
import type { Random } from './random';
import { canName, variantsAround } from './sameMemo';

export interface HostileMemo {
	/** How the lines were joined. */
	joined: string;
	memo: string;
	awaited: string[];
	/** The order that the payer named, if it waits. */
	code?: string;
	/** Whether another payer, who named another order that waits, could have got the same memo: nobody can tell. */
	isOpen: boolean;
}

const WORDS = 'thanh toan,mua hang,ck,em gui,nop tien,hoc phi,cho be An,qua momo,gui shop,com trua,tien nha,don,dat ban,tra no,chuyen khoan,ma don,coc phong,cam on,nhe,giao som,mau do,size L,chi Hoa,b Lan'.split(',');
const UNITS = 'cai,ly,to,phan,chai,kg,thung,bo,cuon,ve,suat,goi,lon,cay,bao,tam,met,ngay,thang,nguoi,slot,combo,set,hop,con,qua,lan,mon'.split(',');
const NAMES = 'NGUYEN VAN A,TRAN THI BICH NGOC,LE HUY,PHAM MINH TU,VO NGOC Y NHI,DO AN,LY HAI,DANG THI THU H,QUACH GIA BAO'.split(',');
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const BASE36 = [...LETTERS, ...'0123456789'.split('')];

const repeat = (count: number, make: () => string): string => Array.from({ length: count }, make).join('');
const plain = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

function makeCode(random: Random): string {
	const prefix = random.pick(['DH', 'HD', 'SHOP', 'INV', 'K', 'TTX', 'ORD-', 'P-', 'DON']);
	return `${prefix}${random.pick([
		() => random.digits(random.between(3, 6)),
		() => repeat(random.between(4, 7), () => random.pick(BASE36)),
		() => `${random.digits(3)}${random.pick(LETTERS)}`,
		() => `${random.pick(LETTERS)}${random.digits(4)}`,
	])()}`;
}

function written(code: string, random: Random): string {
	const apart = code.replace('-', '').replace(/^(DH|HD|SHOP|INV|K|TTX|ORD|P|DON)/, random.pick(['$1 ', '$1-']));
	return random.pick([code, code, code, code.toLowerCase(), code.replace('-', ''), apart, apart.toLowerCase()]);
}

function number(random: Random): string {
	const two = (low: number, high: number): string => String(random.between(low, high)).padStart(2, '0');
	return random.pick([
		() => `${random.between(1, 20)} ${random.pick(UNITS)}`,
		() => `${random.between(1, 9)}${random.pick(UNITS)}`,
		() => `${random.between(1, 999)}${random.pick(['000', '.000', ',000', 'k', 'K', '.000d', ' nghin', '000 VND', '000d'])}`,
		() => `${two(1, 28)}/${two(1, 12)}`,
		() => `${two(1, 28)}${random.pick(['/', '-', '.'])}${two(1, 12)}/${random.pick(['2024', '25'])}`.replace(/([-.])(\d\d)\//, '$1$2$1'),
		() => `${random.between(7, 21)}h${random.pick(['', '30', '15'])}`,
		() => `0${random.pick(['9', '3', '7', '8'])}${random.digits(8)}`,
		() => `T${random.between(1, 12)}`,
		() => `${random.pick(['lan', 'ky', 'thang', 'p'])} ${random.between(1, 12)}`,
	])();
}

const lone = (random: Random): string => random.pick(['', '', '', '', random.pick(LETTERS), random.pick(['a', 'e', 'c', 'm'])]);

interface Print {
	joined: string;
	head: string;
	tail: string;
	/** Whether the head is cut into the lines, too. */
	isHeadInside: boolean;
}

const JOININGS = ['nothing', 'blank', 'blank, untrimmed'];

function print(said: string, { joined, head, tail, isHeadInside }: Print): string {
	const text = `${isHeadInside ? head : ''}${said}${tail}`;
	const lines: string[] = [];
	for (let at = 0; at < text.length; at += 35) lines.push(text.slice(at, at + 35));
	const parts = joined === 'blank, untrimmed' ? lines : lines.map((line) => line.trim());
	return (isHeadInside ? '' : head) + parts.join(joined === 'nothing' ? '' : ' ');
}

function makePrint(random: Random): Print {
	const joined = random.pick(JOININGS);
	const trace = random.pick([`- Ma GD ACSP/ g${random.pick(LETTERS)}${random.digits(6)}`, ` - Ma giao dich/ Trace ${random.digits(6)}`, ` Trace ${random.digits(6)}`]);
	const name = random.pick(NAMES);
	const others = ` tu ${random.digits(10)} ${random.pick(NAMES)} toi 0${random.between(1, 9)}${random.digits(8)} ${random.pick(NAMES)} tai MB`;
	const serial = `${random.between(1, 9)}${random.digits(9)}`;
	const [head, tail, isHeadInside] = random.pick<[string, string, boolean]>([
		['', '', true],
		[`${name} `, '', true],
		[`${name} `, '', joined === 'nothing'],
		['CUSTOMER ', '', false],
		[`MBVCB.${serial}.${random.digits(6)}.`, `.CT${others}`, true],
		[`MBVCB.${serial}.`, `.CT${others}`, true],
		[`CUSTOMER MBVCB ${serial} ${random.digits(6)} `, ` CT${others}`, false],
	]);
	if (!head.startsWith('CUSTOMER M')) return { joined, head, tail: tail + trace, isHeadInside };
	return { joined, head: 'CUSTOMER ', tail: tail + trace, isHeadInside: false };
}

export function makeHostileMemo(random: Random): HostileMemo {
	const code = makeCode(random);
	const order = written(code, random);
	const some = (make: () => string, share: number): string => (random.between(1, 100) <= share ? make() : '');
	const before = [some(() => random.pick(WORDS), 60), some(() => random.pick(NAMES), 15), some(() => number(random), 15), lone(random)].filter((word) => word !== '').join(' ');
	const behind = [lone(random), some(() => number(random), 30), some(() => random.pick(WORDS), 60), some(() => random.pick(NAMES), 15)].filter((word) => word !== '').join(' ');
	const said = [before, order, behind].filter((word) => word !== '').join(' ');
	const printed = makePrint(random);
	const memo = print(said, printed);
	const next = plain(behind);
	const last = plain(before);
	const likely = [code.slice(0, -1), code.slice(0, -2), code + random.digits(1), code + random.pick(LETTERS), code.slice(0, -1) + random.pick(BASE36)];
	const spelled = [code.replace(/^[A-Z](?=[A-Z])/, ''), ...[1, 2, 3].map((count) => code + next.slice(0, count)), ...[1, 2].map((count) => last.slice(-count) + code)];
	const bare = /\d+$/.exec(code)?.[0] ?? '';
	const isAwaited = random.between(1, 10) > 1;
	const neighbours = [...likely, ...spelled.filter(() => isAwaited && random.between(1, 4) === 1)].filter(
		(one) => plain(one).length > 2 && /\d/.test(one) && plain(one) !== plain(code) && random.between(1, 2) === 1,
	);
	const awaited = [...new Set([...(isAwaited ? [code] : []), ...neighbours, ...(bare.length > 2 && !/^\d/.test(code) && isAwaited ? [bare] : [])])];
	const start = said.length - behind.length - order.length - (behind === '' ? 0 : 1);
	const same = variantsAround(said, start, start + order.length).filter((other) => JOININGS.some((joined) => print(other, { ...printed, joined }) === memo));
	const isOpen = same.some((text) => neighbours.some((one) => canName(text, one)));
	return { joined: printed.joined, memo, awaited, ...(isAwaited ? { code } : {}), isOpen };
}
