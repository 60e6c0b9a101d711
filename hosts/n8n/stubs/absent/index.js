// Stands in for every package that the demo's n8n never uses (which and why: ../../README.md).
// Loading it and naming its exports works, since n8n does both when it starts; using one of them throws.
'use strict';

const MESSAGE =
	'This part of n8n is left out of the demo to keep its installation small. ' +
	'hosts/n8n/README.md says how to bring it back; if n8n does not start at all, ' +
	'it was started without the settings of hosts/n8n/environment.json.';

class LeftOutError extends Error {
	constructor() {
		super(MESSAGE);
		this.name = 'LeftOutError';
	}
}

/** Makes something that can be imported, named, extended and compared with, but neither called nor constructed. */
function makeAbsent() {
	const exported = new Map();
	return new Proxy(class {}, {
		get(target, key, receiver) {
			if (typeof key === 'symbol' || key === 'prototype') return Reflect.get(target, key, receiver);
			if (key === 'then') return undefined; // or `await` would call it as a promise
			if (key === '__esModule') return true;
			if (!exported.has(key)) exported.set(key, makeAbsent());
			return exported.get(key);
		},
		apply() {
			throw new LeftOutError();
		},
		construct() {
			throw new LeftOutError();
		},
	});
}

module.exports = makeAbsent();
