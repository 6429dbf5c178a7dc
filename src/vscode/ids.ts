/** The names that package.json and the code share. */

export const commandIds = {
  startDrill: "forwardPass.startDrill",
  openQuestion: "forwardPass.openQuestion",
  explainFinding: "forwardPass.explainFinding",
  showSummary: "forwardPass.showSummary",
  startExam: "forwardPass.startExam",
  startHunt: "forwardPass.startHunt",
  checkHunt: "forwardPass.checkHunt",
  hintHunt: "forwardPass.hintHunt",
  giveUpHunt: "forwardPass.giveUpHunt",
  showHuntDifferences: "forwardPass.showHuntDifferences",
  checkProgram: "forwardPass.checkProgram",
  resetProgram: "forwardPass.resetProgram",
  refreshExams: "forwardPass.refreshExams",
  newBank: "forwardPass.newBank",
  previewQuestion: "forwardPass.previewQuestion",
  answerDue: "forwardPass.answerDue",
  setExamDate: "forwardPass.setExamDate",
  cram: "forwardPass.cram",
  showProgress: "forwardPass.showProgress",
  openCheatSheet: "forwardPass.openCheatSheet",
  exportProgress: "forwardPass.exportProgress",
  importProgress: "forwardPass.importProgress",
} as const;

export const viewIds = { exams: "forwardPass.exams" } as const;

/** The kinds of panels, by which a window that is loaded again finds their keepers. */
export const panelIds = {
  explanation: "forwardPass.explanation",
  question: "forwardPass.question",
  exam: "forwardPass.exam",
  hunt: "forwardPass.hunt",
  summary: "forwardPass.summary",
  preview: "forwardPass.preview",
  progress: "forwardPass.progress",
} as const;

/** The section of the settings; the names below are inside it. */
export const settingsSection = "forwardPass";

export const settingNames = {
  hints: "hints.enabled",
  preset: "preset",
  rules: "rules",
  thresholds: "thresholds",
  studySync: "study.sync",
} as const;

/** What findings are shown under, and what the lamp's entries start with. */
export const productName = "Forward Pass";

/** The scheme of the programs of bug hunts. */
export const huntScheme = "forward-pass-hunt";

/** The scheme of the programs that questions ask for. */
export const codeScheme = "forward-pass-code";
