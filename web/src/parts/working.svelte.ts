/** The working of the number that was last asked about. */

import type { AssumptionUse, FigureWorking, Range } from "fsx-model";

export interface Working {
  title: string;
  /** The number as it is shown. */
  value: string;
  /** What it is, and where it comes from. */
  text: string[];
  /** Formulas with their numbers filled in. */
  formulas?: { name: string; formula: string | null | undefined }[];
  interval?: Range | null | undefined;
  show?: (value: number) => string;
  sources?: string[];
  assumptions?: AssumptionUse[];
}

class Open {
  now = $state.raw<Working | undefined>();
}

export const open = new Open();
export const explain = (working: Working): void => {
  open.now = working;
};

/** The working that an answer gives of one of its figures, if it does. */
export function worked(workings: FigureWorking[] | undefined, figure: string, assumptions: AssumptionUse[]) {
  const own = workings?.find((one) => one.figure === figure);
  if (!own) return undefined;
  return {
    text: [],
    formulas: [{ name: "Worked out", formula: own.formula }],
    sources: own.sources,
    assumptions: assumptions.filter(({ id }) => own.assumptions.includes(id)),
  };
}
