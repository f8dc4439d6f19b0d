// What the console receives, as types. Nothing here runs.

/**
 * @typedef {{id: string, name: string, here: boolean, since: number, page: string | null}} RowVisitor
 *   `since`: seconds since the visitor came or left.
 *
 * @typedef {{role: string, kind: string, text: string, ago: number}} LastEntry
 *
 * @typedef {object} Row one chat of the lists; times are seconds, counted when it was sent
 * @property {string} conversation
 * @property {"queued" | "active" | "closed"} state
 * @property {string} queue
 * @property {RowVisitor} visitor
 * @property {{id: string, name: string} | null} agent
 * @property {number} position
 * @property {LastEntry | null} last
 * @property {number} messages the visitor's messages so far
 * @property {number} seen how many of them the chat's agent has seen
 * @property {number | null} waited since the visitor waits for us
 * @property {number} sort the queue's order
 * @property {number | null} closed_ago
 *
 * @typedef {Row & {heard: number}} HeardRow `heard`: this browser's clock, in ms, when the row came
 *
 * @typedef {object} Agent
 * @property {string} id
 * @property {string} name
 * @property {"online" | "finishing" | "away" | "offline"} status
 * @property {string} [cause]
 * @property {"agent" | "supervisor" | "manager" | "owner"} role
 * @property {number} capacity
 * @property {number} load
 *
 * @typedef {{id: string, name: string, status: string, load: number, capacity: number}} Teammate
 *
 * @typedef {{id: string, name: string, site: string, waiting: number, longest_wait: number | null}} Queue
 *
 * @typedef {{id: string, opened_at: string, closed_at: string | null, agent: string | null, topic: string}} EarlierChat
 *
 * @typedef {object} About who sits on the other side of the open chat
 * @property {{id: string, name: string, here: boolean, since: number, page: string | null, locale: string | null, site: string}} visitor
 * @property {{id: string, name: string}} queue
 * @property {{id: string, name: string} | null} agent
 * @property {string} state
 * @property {number} read position up to which the visitor has read
 * @property {EarlierChat[]} history
 *
 * @typedef {{id: number, shortcut: string, title: string, text: string, queue: string | null}} CannedReply
 */

export {};
