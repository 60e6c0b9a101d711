/**
 * A second verifier of Webhook V2, written from the specification and apart from the product: its own JSON reader
 * (objects as Maps, so that no key is special), its own printer, its own HMAC. It labels the cases of the properties.
 */
import { createHash } from 'node:crypto';

export type Json = null | boolean | number | string | Json[] | Map<string, Json>;

/** Reads JSON by RFC 8259; of repeated keys the last counts. @throws SyntaxError */
export class JsonReader {
	private at = 0;

	private constructor(private readonly text: string) {}

	static read(text: string): Json {
		const reader = new JsonReader(text);
		const value = reader.value();
		reader.space();
		if (reader.at !== text.length) throw new SyntaxError('more than one value');
		return value;
	}

	private value(): Json {
		this.space();
		const next = this.text[this.at];
		if (next === '{') return this.object();
		if (next === '[') return this.array();
		if (next === '"') return this.string();
		for (const [word, value] of [
			['null', null],
			['true', true],
			['false', false],
		] as const) {
			if (this.text.startsWith(word, this.at)) {
				this.at += word.length;
				return value;
			}
		}
		const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(this.text.slice(this.at));
		if (!number) throw new SyntaxError('no value');
		this.at += number[0].length;
		return Number(number[0]);
	}

	private object(): Map<string, Json> {
		const members = new Map<string, Json>();
		this.list('}', () => {
			this.space();
			const key = this.string();
			this.expect(':');
			members.set(key, this.value());
		});
		return members;
	}

	private array(): Json[] {
		const members: Json[] = [];
		this.list(']', () => members.push(this.value()));
		return members;
	}

	private list(end: string, readMember: () => void): void {
		this.at += 1;
		this.space();
		if (this.text[this.at] === end) {
			this.at += 1;
			return;
		}
		for (;;) {
			readMember();
			this.space();
			if (this.text[this.at] === end) break;
			this.expect(',');
		}
		this.at += 1;
	}

	private string(): string {
		const found = /^"((?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"/u.exec(
			this.text.slice(this.at),
		);
		if (!found) throw new SyntaxError('no string');
		this.at += found[0].length;
		const plain: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
		return (found[1] ?? '').replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_all, escape: string) =>
			escape.length === 5 ? String.fromCharCode(parseInt(escape.slice(1), 16)) : (plain[escape] ?? escape),
		);
	}

	private expect(character: string): void {
		this.space();
		if (this.text[this.at] !== character) throw new SyntaxError(`expected ${character}`);
		this.at += 1;
	}

	private space(): void {
		while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at += 1;
	}
}

/** Sorted compact JSON of a value as read above. */
export function print(value: Json): string {
	if (Array.isArray(value)) return `[${value.map(print).join(',')}]`;
	if (value instanceof Map) {
		const keys = [...value.keys()].sort((a, b) => compareUnits(a, b));
		return `{${keys.map((key) => `${JSON.stringify(key)}:${print(value.get(key) ?? null)}`).join(',')}}`;
	}
	return JSON.stringify(value);
}

function compareUnits(a: string, b: string): number {
	for (let at = 0; at < Math.min(a.length, b.length); at++) {
		if (a.charCodeAt(at) !== b.charCodeAt(at)) return a.charCodeAt(at) - b.charCodeAt(at);
	}
	return a.length - b.length;
}

/** HMAC-SHA512 after RFC 2104, from the bare hash. */
export function hmacSha512(key: string, message: string): string {
	const block = Buffer.alloc(128);
	const bytes = Buffer.from(key, 'utf8');
	(bytes.length > 128 ? createHash('sha512').update(bytes).digest() : bytes).copy(block);
	const inner = createHash('sha512')
		.update(block.map((byte) => byte ^ 0x36))
		.update(message, 'utf8')
		.digest();
	return createHash('sha512')
		.update(block.map((byte) => byte ^ 0x5c))
		.update(inner)
		.digest('hex');
}

export function referenceSign(body: string, key: string, t: string): string {
	return `t=${t},v1=${hmacSha512(key, `${t}.${print(JsonReader.read(body))}`)}`;
}

/** Whether the specification takes this delivery; a body that is no JSON is refused. */
export function referenceVerify(body: string, key: string, header: string): boolean {
	const parts = header.split(',').map((part) => part.trim());
	const t = parts.filter((part) => part.startsWith('t='));
	const v1 = parts.filter((part) => part.startsWith('v1='));
	if (parts.length !== 2 || t.length !== 1 || v1.length !== 1) return false;
	const time = (t[0] ?? '').slice(2);
	if (!/^[0-9]+$/.test(time)) return false;
	try {
		return (v1[0] ?? '').slice(3) === hmacSha512(key, `${time}.${print(JsonReader.read(body))}`);
	} catch {
		return false;
	}
}
