/** Money, times and sizes as people read them. Everything is Vietnam time, wherever the browser is. */
import { currentLanguage } from './i18n.js';

const ZONE = 'Asia/Ho_Chi_Minh';
const made = new Map();

function formatter(name, options) {
	const locale = currentLanguage() === 'vi' ? 'vi-VN' : 'en-GB';
	const key = `${locale} ${name}`;
	if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }));
	return made.get(key);
}

/** Whole VND with separators, e.g. `1.250.000 ₫`. */
export function money(vnd) {
	const locale = currentLanguage() === 'vi' ? 'vi-VN' : 'en-US';
	return `${new Intl.NumberFormat(locale).format(vnd)} ₫`;
}

/** With its sign, also if it is a plus. */
export function signedMoney(vnd) {
	return `${vnd > 0 ? '+' : ''}${money(vnd)}`;
}

export function count(number) {
	return new Intl.NumberFormat(currentLanguage() === 'vi' ? 'vi-VN' : 'en-US').format(number);
}

/** Date and time to the minute. @param {string | number} moment ISO 8601 or Unix ms */
export function dateTime(moment) {
	return formatter('dateTime', {
		day: '2-digit',
		month: '2-digit',
		year: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
	}).format(new Date(moment));
}

/** Time of day to the second. */
export function clock(moment) {
	return formatter('clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(moment));
}

/** A time span in its two largest units, e.g. `1 m 05 s`. @param {number} ms */
export function span(ms) {
	const seconds = Math.max(0, Math.round(ms / 1000));
	if (seconds < 60) return `${String(seconds)} s`;
	if (seconds < 3600) return `${String(Math.floor(seconds / 60))} m ${String(seconds % 60).padStart(2, '0')} s`;
	return `${String(Math.floor(seconds / 3600))} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')} m`;
}

export function byteCount(text) {
	return new TextEncoder().encode(text).length;
}

/** Bytes as offset, hexadecimal and text, sixteen to a line. */
export function hexDump(text) {
	const bytes = new TextEncoder().encode(text);
	const lines = [];
	for (let start = 0; start < bytes.length; start += 16) {
		const part = [...bytes.slice(start, start + 16)];
		const hex = part
			.map((byte) => byte.toString(16).padStart(2, '0'))
			.join(' ')
			.padEnd(47);
		const shown = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
		lines.push(`${start.toString(16).padStart(6, '0')}  ${hex}  ${shown}`);
	}
	return lines.join('\n');
}
