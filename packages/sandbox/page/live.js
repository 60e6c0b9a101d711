/** What happens in the sandbox, as it happens: one stream of server-sent events for the whole page. */

const listeners = new Set();
const watchers = new Set();
let connected = null;

/**
 * @param {(event: any) => void} listener gets each event; `{type: 'reload'}` where events may have been missed
 * @returns {() => void} ends it
 */
export function listen(listener) {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** Tells whether the stream is open, now and whenever that changes. */
export function watchConnection(watcher) {
	watchers.add(watcher);
	watcher(connected);
}

function tell(event) {
	for (const listener of [...listeners]) listener(event);
}

function note(state) {
	if (connected === state) return;
	connected = state;
	for (const watcher of watchers) watcher(state);
}

export function startLive() {
	const source = new EventSource('/control/events');
	let opened = false;
	source.addEventListener('hello', () => {
		note(true);
		// After a break, what happened meanwhile is unknown.
		if (opened) tell({ type: 'reload' });
		opened = true;
	});
	source.addEventListener('flood', () => tell({ type: 'reload' }));
	source.addEventListener('message', ({ data }) => {
		for (const event of JSON.parse(data)) tell(event);
	});
	source.addEventListener('error', () => note(false));
}

/** Runs `work` once, shortly after the last of many calls. */
export function gathered(work, ms = 120) {
	let timer;
	return () => {
		clearTimeout(timer);
		timer = setTimeout(work, ms);
	};
}
