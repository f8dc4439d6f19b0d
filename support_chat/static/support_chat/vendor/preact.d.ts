// Types of what vendor/preact.js exports; written by hand, only as much as we use.

export type Key = string | number;
export type Child = VNode<any> | Signal<any> | string | number | bigint | boolean | null | undefined | Child[];

export interface VNode<P = {}> {
  type: string | Function;
  props: P & { children?: Child };
  key: Key | null | undefined;
}

export type FunctionComponent<P> = (props: P & { children?: Child }) => Child;

/** Typed call of a component: a wrong prop is found here, not inside an html`…` template. */
export function h<P>(
  type: (props: P) => any,
  props: (P & { key?: Key; ref?: any }) | null,
  ...children: Child[]
): VNode<P>;
export function h<P>(
  type: new (props: P) => Component<P>,
  props: (P & { key?: Key; ref?: any }) | null,
  ...children: Child[]
): VNode<P>;
export function h(type: string, props: Record<string, any> | null, ...children: Child[]): VNode<any>;

export const html: (strings: TemplateStringsArray, ...values: any[]) => any;
export function render(node: Child, parent: ParentNode): void;

export abstract class Component<P = {}, S = {}> {
  constructor(props: P);
  props: P;
  state: S;
  base?: Element | Text;
  setState(state: Partial<S>, done?: () => void): void;
  forceUpdate(): void;
  abstract render(props: P, state: S): Child;
  componentDidMount?(): void;
  componentDidUpdate?(before: P, state: S): void;
  componentWillUnmount?(): void;
  shouldComponentUpdate?(props: P, state: S): boolean;
  componentDidCatch?(error: unknown): void;
}

export interface Ref<T> {
  current: T;
}
type Cleanup = void | (() => void);
export function useRef<T>(initial: T): Ref<T>;
export function useRef<T>(initial: null): Ref<T | null>;
export function useEffect(fn: () => Cleanup, inputs?: readonly unknown[]): void;
export function useLayoutEffect(fn: () => Cleanup, inputs?: readonly unknown[]): void;
export function useMemo<T>(fn: () => T, inputs: readonly unknown[]): T;
export function useId(): string;

export interface Signal<T = any> {
  value: T;
  peek(): T;
  subscribe(fn: (value: T) => void): () => void;
}
export interface ReadonlySignal<T = any> {
  readonly value: T;
  peek(): T;
  subscribe(fn: (value: T) => void): () => void;
}
export interface SignalOptions<T> {
  name?: string;
  watched?: (this: Signal<T>) => void;
  unwatched?: (this: Signal<T>) => void;
}
export function signal<T>(value: T, options?: SignalOptions<T>): Signal<T>;
export function computed<T>(fn: () => T): ReadonlySignal<T>;
export function effect(fn: () => Cleanup): () => void;
export function batch<T>(fn: () => T): T;
export function untracked<T>(fn: () => T): T;
export function useSignal<T>(initial: T): Signal<T>;
export function useComputed<T>(fn: () => T): ReadonlySignal<T>;
export function useSignalEffect(fn: () => Cleanup): void;
