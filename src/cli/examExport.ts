/** stub */
export const exportFormats = ["markdown"] as const;
export type ExportFormat = (typeof exportFormats)[number];
export async function exportBanks(_b: string[], _o: unknown): Promise<0> {
  return 0;
}
