// What n8n takes from its AI nodes when it starts in queue mode: the place where MCP Trigger nodes would register.
// Without those nodes there is nothing to relay, so that wiring it up does nothing.
'use strict';

class PendingCallsManager {}

class QueuedExecutionStrategy {}

class RedisSessionStore {}

class McpServer {
	static instance() {
		McpServer.shared ??= new McpServer();
		return McpServer.shared;
	}

	constructor() {
		this.pendingCalls = new PendingCallsManager();
	}

	setSessionStore() {}

	setExecutionStrategy() {}

	getPendingCallsManager() {
		return this.pendingCalls;
	}

	handleWorkerResponse() {}
}

module.exports.McpServer = McpServer;
module.exports.QueuedExecutionStrategy = QueuedExecutionStrategy;
module.exports.RedisSessionStore = RedisSessionStore;
