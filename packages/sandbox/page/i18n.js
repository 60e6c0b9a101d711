/** The language of the page: the one chosen here last, else that of the browser. */
import { dictionary } from './dictionary.js';

const KEY = 'saoke-sandbox-language';
const LANGUAGES = ['en', 'vi'];

let language = firstLanguage();

function firstLanguage() {
	const chosen = localStorage.getItem(KEY);
	if (chosen !== null && LANGUAGES.includes(chosen)) return chosen;
	return navigator.language.toLowerCase().startsWith('vi') ? 'vi' : 'en';
}

export function currentLanguage() {
	return language;
}

export function chooseLanguage(chosen) {
	language = chosen;
	localStorage.setItem(KEY, chosen);
	document.documentElement.lang = chosen;
}

/**
 * A text in the current language.
 * @param {string} key of the dictionary
 * @param {Record<string, string | number>} [values] for `{name}` in the text
 * @returns {string}
 */
export function t(key, values = {}) {
	const pair = dictionary[key];
	if (pair === undefined) return key;
	const text = pair[LANGUAGES.indexOf(language)];
	return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
