// The shapes of the live protocol, as both faces receive them. See support_chat/live/README.md.

export interface Author {
  role: "visitor" | "agent" | "bot" | "system" | (string & {});
  id?: string;
  name?: string;
}

export interface Entry {
  /** 1, 2, 3 … without gaps, counted for this audience. */
  position: number;
  /** 64 random bits: tells a restored or erased log from the one we knew. */
  mark: string;
  kind: string;
  author: Author;
  /** ISO clock time, for showing only. */
  at: string;
  /** Told to its author alone. */
  client_id?: string;
  body: Record<string, any>;
}

export interface Snapshot {
  id: string;
  state: "queued" | "active" | "closed" | (string & {});
  agent: { id?: string; name: string; picture?: string | null } | null;
  position: number;
  mark: string;
  entries: Entry[];
  earlier: boolean;
  [more: string]: any;
}

export interface Page {
  entries: Entry[];
  earlier: boolean;
}

/** What `resume` (visitor) and `open_conversation` (staff) answer. */
export interface ResumeReply {
  recovered: boolean;
  entries?: Entry[];
  more?: boolean;
  snapshot?: Snapshot;
  [more: string]: any;
}

export interface WireError {
  code: string;
  message?: string;
  retry?: boolean;
  /** Seconds. */
  after?: number;
  field?: string;
  [more: string]: any;
}
