/** What questions can be exported to. */

export const exportFormats = ["anki", "markdown", "html", "gift", "moodle"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How many variants of each drill are exported where nobody says. */
export const usualVariants = 5;
