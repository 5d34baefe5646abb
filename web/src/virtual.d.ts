// what these hold is said where they are imported
declare module "virtual:fields" {
  export const OTHERS: unknown;
  export const TABLES: unknown;
  export const EXPORTS: unknown;
  export const IMPORTS: unknown;
}

declare module "virtual:catalog" {
  export const LOADERS: unknown;
}

declare module "virtual:examples" {
  export const EXAMPLES: unknown;
  export const FIRST: unknown;
}
