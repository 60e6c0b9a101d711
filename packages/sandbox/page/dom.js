/** Builds elements. Data only ever becomes text or an attribute value, never markup. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; `on` holds event listeners, `data` data attributes; null and false leave an attribute out
 * @param {...any} children elements, texts, numbers, lists of them; null and false are left out
 * @returns {any}
 */
export function h(tag, props = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(props)) {
		if (value === null || value === undefined || value === false) continue;
		if (name === 'on') for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
		else if (name === 'data') for (const [key, text] of Object.entries(value)) element.dataset[key] = String(text);
		else if (name === 'value') /** @type {any} */ (element).value = value;
		else element.setAttribute(name, value === true ? '' : String(value));
	}
	add(element, children);
	return element;
}

/** Appends children as `h` takes them. */
function add(parent, children) {
	for (const child of [children].flat(Infinity)) {
		if (child === null || child === undefined || child === false) continue;
		parent.append(child instanceof Node ? child : String(child));
	}
}

/** Puts other children in the place of all there are. */
export function fill(parent, ...children) {
	parent.replaceChildren();
	add(parent, children);
	return parent;
}

/**
 * Brings rows up to date, touching only those that changed, so that focus and selection stay.
 * @param {HTMLElement} parent
 * @param {any[]} items in the order shown
 * @param {(item: any) => string | number} getKey
 * @param {(item: any) => HTMLElement} render
 */
export function patch(parent, items, getKey, render) {
	const old = new Map([...parent.children].map((child) => [/** @type {HTMLElement} */ (child).dataset.key, child]));
	let place = parent.firstElementChild;
	for (const item of items) {
		const key = String(getKey(item));
		const print = JSON.stringify(item);
		let row = /** @type {HTMLElement | undefined} */ (old.get(key));
		old.delete(key);
		if (row === undefined || row.dataset.print !== print) {
			const fresh = render(item);
			fresh.dataset.key = key;
			fresh.dataset.print = print;
			if (row !== undefined) {
				const focused = row.contains(document.activeElement)
					? /** @type {HTMLElement} */ (document.activeElement).dataset.focus
					: undefined;
				if (place === row) place = fresh;
				row.replaceWith(fresh);
				if (focused !== undefined)
					/** @type {HTMLElement | null} */ (fresh.querySelector(`[data-focus="${focused}"]`))?.focus();
			}
			row = fresh;
		}
		if (place === row) place = row.nextElementSibling;
		else parent.insertBefore(row, place);
	}
	for (const gone of old.values()) gone.remove();
}
