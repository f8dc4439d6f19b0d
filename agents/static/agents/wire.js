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
 * @property {number | null} sort the queue's order; null when it waits for nobody
 * @property {"urgent" | "high" | "normal" | "low"} [priority]
 * @property {string[]} [skills] that its agent needs: "lang:de", "topic:billing"
 * @property {string} [ahead] why it stands before who came earlier
 * @property {Offer | null} [offered]
 * @property {string | null} [wanted] the queue in which it waits while its agent still has it
 * @property {boolean} [forced] given beyond its agent's capacity
 * @property {boolean} [replied]
 * @property {number | null} [given] since its agent has it
 * @property {number | null} [looking] since they said that they look something up
 * @property {boolean} [reminded] its agent was reminded that the visitor waits
 * @property {number | null} [idle] since it counts as idle
 * @property {number | null} [snoozed] until it is back: its agent has put it aside
 * @property {number | null} [woken] since it is back
 * @property {{email: string} | null} [reply_to] where its visitor wants to be answered when they are gone
 * @property {string[]} [tags]
 * @property {Record<string, string>} [participants] who is beside its agent, by id: "guest", "invited", "called" or "asking"
 * @property {number | null} closed_ago
 *
 * @typedef {{to: {id: string, name: string}, expires_in: number, of?: number}} Offer `of`: what it began with
 *
 * @typedef {Row & {heard: number}} HeardRow `heard`: this browser's clock, in ms, when the row came
 *
 * @typedef {object} Agent
 * @property {string} id
 * @property {string} name
 * @property {"online" | "finishing" | "away" | "offline"} status
 * @property {string} [cause]
 * @property {number | null} [back_in] seconds until they mean to be back
 * @property {"agent" | "supervisor" | "manager" | "owner"} role
 * @property {number} capacity
 * @property {number} load
 * @property {number} [heard]
 *
 * @typedef {{id: string, name: string, status: string, cause?: string, back_in?: number | null, load: number,
 *   capacity: number, heard?: number}} Teammate
 *
 * @typedef {object} Queue
 * @property {string} id
 * @property {string} name
 * @property {string} site
 * @property {number} waiting
 * @property {number | null} longest_wait
 * @property {string[]} [roles] what I am in it; with none, chats may still be handed over to it
 * @property {string[]} [agents] who answers it
 * @property {number} [online] how many of them are there
 *
 * @typedef {object} Site
 * @property {string} id
 * @property {string} name
 * @property {boolean} available
 * @property {string} why "paused", "open" …
 * @property {number | null} [until] seconds until a pause ends
 * @property {string} [notice] above the visitor's text box
 * @property {string} [text] what visitors read while it is paused
 * @property {number} [heard] this browser's clock, in ms, when it came
 *
 * @typedef {object} Oversight
 * @property {{by: string, what: string, times: number}[]} moves of the last day
 * @property {{queue: string, outcomes: number, shorter: number, inside: number, longer: number}[]} [waits] how true the
 *   waits were that visitors were told, in shares of one
 *
 * @typedef {object} Why who got a chat, or why nobody has it
 * @property {string} rule
 * @property {string[]} [eligible]
 * @property {Record<string, string[]>} [not] by reason
 * @property {Record<string, number>} [more] by reason, how many are not named
 * @property {number} [before] chats that stand before it
 * @property {string} [by]
 * @property {string} [reason]
 *
 * @typedef {{id: string, opened_at: string, closed_at: string | null, agent: string | null, topic: string}} EarlierChat
 *
 * @typedef {object} Who signed by their website where `verified`, but for what is `claimed`; older servers tell none of it
 * @property {string} name
 * @property {boolean} [verified]
 * @property {string | null} [subject]
 * @property {string | null} [email]
 * @property {Record<string, string | number | boolean>} [attributes]
 * @property {Record<string, string | number | boolean>} [claimed]
 *
 * @typedef {object} Whereabouts of a visitor, as far as an older server tells it
 * @property {boolean} [hidden] another tab is before the page
 * @property {string | null} [zone] of their clocks, as IANA calls it
 * @property {string | null} [device] "phone/Firefox/Android"
 * @property {{page: string, at: string}[]} [trail] their last pages, the newest last
 * @property {string | null} [referrer] whence they came to the website
 * @property {string} [note] what the team noted of them
 *
 * @typedef {object} About who sits on the other side of the open chat
 * @property {Who & Whereabouts & {id: string, here: boolean, since: number, page: string | null, locale: string | null, site: string}} visitor
 * @property {{id: string, name: string}} queue
 * @property {{id: string, name: string} | null} agent
 * @property {string} state
 * @property {{email: string, verified: boolean} | null} [reply_to] where the visitor wants to be answered when they are gone
 * @property {number | null} [rating] 1 to 5
 * @property {string[]} [tags]
 * @property {number | null} [mails_after] seconds of absence after which they are e-mailed what they have not seen
 * @property {Record<string, string>} [participants] as in a row
 * @property {boolean} [spam]
 * @property {number} read position up to which the visitor has read
 * @property {EarlierChat[]} history the newest; more of it once the agent has asked
 * @property {string | null} [history_next] where it goes on; null: there are no more
 * @property {{id: string, name: string, verified: boolean, undo_in: number | null}[]} [same] who is said to be this person
 * @property {{id: string, name: string, verified: boolean, chats: number}[]} [alike] who may be
 *
 * @typedef {object} VisitorOnSite somebody who opened the chat and has none going on
 * @property {string} id
 * @property {string} site by its id
 * @property {string} name
 * @property {boolean} verified
 * @property {number} since seconds, counted when it was sent
 * @property {string | null} page
 * @property {string | null} referrer whence they came to the website
 * @property {string} locale
 * @property {string | null} zone
 * @property {string | null} device
 * @property {boolean} hidden another tab is before the page
 * @property {number} chats they had
 * @property {string} barred why nobody may invite them now, or empty
 * @property {string} words of the site's rule that fits their page
 *
 * @typedef {{id: string, name: string, text: string, state: "open" | "left" | "answered" | "declined", ago: number, conversation: string | null}} OwnInvitation
 *   `name` of the visitor; `conversation` that it led to
 *
 * @typedef {{visitors: VisitorOnSite[], total: number, invited: OwnInvitation[]}} OnSite
 *
 * @typedef {object} Found a message, a chat or a visitor that was searched for
 * @property {"message" | "note" | "rated" | "chat" | "person"} kind
 * @property {string} conversation
 * @property {number} position
 * @property {"queued" | "active" | "closed"} state
 * @property {string} visitor
 * @property {string} queue
 * @property {string | null} agent
 * @property {{role: string, name: string} | null} author
 * @property {string} at
 * @property {string} text
 * @property {[number, number][]} marks offset and length of what was looked for
 * @property {string} [who] of a person: the visitor, where the server tells it
 *
 * @typedef {{id: string, shortcut: string, title: string, text: string, queue: string | null, folder?: string, locale?: string,
 *   personal?: boolean, files?: {name: string, type: string, url: string}[]}} CannedReply `locale`: the language of the
 *   chats that it is for, "" for any; `files` go with it
 *
 * @typedef {{id: string, name: string, site: string, personal: boolean, steps: Step[]}} Macro
 *
 * @typedef {{do: string, text?: string, tag?: string, when?: string, to_queue?: string, to_agent?: string}} Step
 */

/**
 * @typedef {"mine" | "queue" | "team" | "snoozed" | "closed"} View
 *
 * @typedef {{field: string, value: string, negated?: boolean}} Condition
 * @typedef {{match?: "all" | "any", conditions: Condition[]}} Group
 * @typedef {{match?: "all" | "any", groups: Group[]}} Rules
 * @typedef {{view?: View, filter?: string, rules?: Rules, conversations?: string[]}} Which one of these
 *
 * @typedef {{key: string, name: string, which: Which}} Chosen a view or a filter; without a key conditions that are not kept
 * @typedef {{id: string, site: string, name: string, rules: Rules, shared: boolean, mine: boolean}} SavedFilter
 *
 * @typedef {object} Deed what is done with each of many chats
 * @property {"tag" | "untag" | "snooze" | "wake" | "close" | "transfer" | "prioritise"} what
 * @property {string} [tag]
 * @property {string} [when]
 * @property {string} [zone]
 * @property {string} [to_queue]
 * @property {string} [priority]
 * @property {string} [reason]
 */

export {};
