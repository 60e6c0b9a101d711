/** The picture of docs/architecture.md: the path of one transaction. Drawn from the lists below, so that it can be changed and made again. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PICTURES } from './save';

const WIDTH = 1300;
const HEIGHT = 480;
const LINE = '#4a5568';
const TITLE = 'The path of one transaction, from Casso or Simplize through a host and core into a workflow';

interface Area {
	at: [x: number, y: number, width: number, height: number];
	colour: string;
	fill: string;
	heading: string;
}

interface Box {
	at: Area['at'];
	title: string;
	lines: string[];
	isDashed?: boolean;
}

interface Arrow {
	points: [x: number, y: number][];
	label?: { at: [x: number, y: number]; text: string };
	isBothWays?: boolean;
}

const AREAS: Area[] = [
	{ at: [20, 20, 190, 400], colour: '#b7791f', fill: '#fdf6e3', heading: 'service' },
	{ at: [260, 20, 230, 400], colour: '#2b6cb0', fill: '#ebf4fc', heading: 'host: n8n or Node-RED' },
	{
		at: [520, 20, 480, 400],
		colour: '#2f855a',
		fill: '#ecf8f0',
		heading: 'packages/core: no host, no timer, no process',
	},
	{ at: [1030, 20, 250, 400], colour: '#6b46c1', fill: '#f5f0fc', heading: 'workflow or flow' },
];

const BOXES: Box[] = [
	{ at: [35, 60, 160, 70], title: 'Casso', lines: ['bank transactions'] },
	{ at: [35, 170, 160, 70], title: 'Simplize', lines: ['cash histories'] },
	{ at: [35, 290, 160, 90], title: 'sandbox', lines: ['both services,', 'on this machine'], isDashed: true },
	{ at: [275, 60, 200, 70], title: '1  webhook', lines: ['Casso Trigger', 'casso webhook'] },
	{ at: [275, 170, 200, 70], title: '2  poll', lines: ['Polling Triggers', 'casso poll'] },
	{
		at: [275, 290, 200, 90],
		title: '3  read',
		lines: ['Casso, Simplize', 'casso transactions,', 'casso accounts, simplize'],
	},
	{ at: [535, 60, 200, 70], title: 'verify, parse', lines: ['signature or token,', 'in constant time'] },
	{
		at: [535, 170, 200, 210],
		title: 'client',
		lines: [
			'authorises or signs each',
			'request, retries reads,',
			'reads lists exactly:',
			'nothing missing,',
			'nothing twice',
		],
	},
	{
		at: [795, 60, 190, 110],
		title: 'normalise',
		lines: ['four dialects of Casso', '→ one BankTransaction', 'key: account number + id'],
	},
	{
		at: [795, 240, 190, 110],
		title: 'polling',
		lines: ['state + what was read →', 'what is new + next state'],
	},
	{ at: [1045, 60, 220, 110], title: 'items, messages', lines: ['stored by n8n before', 'Casso gets its 200'] },
	{
		at: [1045, 240, 220, 110],
		title: 'ledger, sheet, order',
		lines: ['upserted by key: a repeat', 'does not add a row'],
	},
];

const ARROWS: Arrow[] = [
	{
		points: [
			[195, 95],
			[275, 95],
		],
		label: { at: [235, 85], text: 'POST' },
	},
	{
		points: [
			[475, 95],
			[535, 95],
		],
	},
	{
		points: [
			[475, 205],
			[535, 205],
		],
	},
	{
		points: [
			[475, 335],
			[535, 335],
		],
	},
	{
		points: [
			[735, 95],
			[795, 95],
		],
	},
	{
		points: [
			[735, 275],
			[765, 275],
			[765, 140],
			[795, 140],
		],
	},
	{
		points: [
			[890, 170],
			[890, 240],
		],
	},
	{
		points: [
			[985, 115],
			[1045, 115],
		],
	},
	{
		points: [
			[985, 295],
			[1015, 295],
			[1015, 140],
			[1045, 140],
		],
	},
	{
		points: [
			[1155, 170],
			[1155, 240],
		],
	},
	{
		points: [
			[635, 380],
			[635, 460],
			[115, 460],
			[115, 420],
		],
		isBothWays: true,
		label: { at: [375, 450], text: 'requests with a key or a signature, only to the address of the credential' },
	},
];

/** @returns the same text every time */
export function drawArchitecture(): string {
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="Helvetica, Arial, sans-serif" text-anchor="middle">`,
		`<title>${TITLE}</title>`,
		`<rect width="${WIDTH}" height="${HEIGHT}" rx="8" fill="#ffffff"/>`,
		...AREAS.map(drawArea),
		...ARROWS.map(drawArrow),
		...BOXES.map(drawBox),
		'</svg>',
		'',
	].join('\n');
}

export async function architecture(): Promise<void> {
	await writeFile(path.join(PICTURES, 'architecture.svg'), drawArchitecture());
	console.log('docs/pictures/architecture.svg');
}

function drawArea({ at: [x, y, width, height], colour, fill, heading }: Area): string {
	const frame = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" fill="${fill}" stroke="${colour}"/>`;
	return `${frame}<text x="${x + width / 2}" y="${y + 24}" font-size="14" fill="${colour}">${heading}</text>`;
}

function drawBox({ at: [x, y, width, height], title, lines, isDashed = false }: Box): string {
	const middle = x + width / 2;
	const top = y + height / 2 - (lines.length * 18) / 2 + 2;
	const frame = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="#ffffff" stroke="${LINE}"${isDashed ? ' stroke-dasharray="5 4"' : ''}/>`;
	const texts = lines.map(
		(line, at) => `<text x="${middle}" y="${top + 18 * (at + 1)}" font-size="13" fill="#2d3748">${line}</text>`,
	);
	return [
		frame,
		`<text x="${middle}" y="${top}" font-size="15" font-weight="bold" fill="#1a202c">${title}</text>`,
		...texts,
	].join('');
}

function drawArrow({ points, label, isBothWays = false }: Arrow): string {
	const line = `<polyline points="${points.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${LINE}" stroke-width="1.5"/>`;
	const tips = drawTip(points) + (isBothWays ? drawTip([...points].reverse()) : '');
	const text = label
		? `<text x="${label.at[0]}" y="${label.at[1]}" font-size="12" fill="${LINE}">${label.text}</text>`
		: '';
	return line + tips + text;
}

/** At the last point, in the direction of the last part. */
function drawTip(points: Arrow['points']): string {
	const [fromX, fromY] = points.at(-2) ?? [0, 0];
	const [x, y] = points.at(-1) ?? [0, 0];
	const angle = Math.atan2(y - fromY, x - fromX) * (180 / Math.PI);
	return `<path d="M0 0 -9 4 -9 -4z" transform="translate(${x} ${y}) rotate(${angle})" fill="${LINE}"/>`;
}
