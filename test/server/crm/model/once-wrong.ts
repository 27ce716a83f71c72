/** Stories that went wrong once, as numbers: what each taught, its setup and its steps. */
export const ONCE_WRONG: readonly (readonly [told: string, setup: number, steps: readonly number[]])[] = [
  [
    'a record that failed is tried again, though somebody looked at it in vain meanwhile',
    0,
    [0, 395272814220205, 979489173449810, 218216708482120, 1099442429597430],
  ],
  [
    'a field with an open question is not sent along with another',
    1370,
    [710390967585615, 0, 184496642867535, 132015407932275, 875546501280065],
  ],
  [
    'a record that was in the bin while it was looked for is no second opinion about what we wrote into it',
    0,
    [986423962257025, 118957364682730, 624331314925265, 863015935184155, 716000516825270, 0],
  ],
  [
    'what we wrote into a record that was merged before we knew of it is no value of theirs',
    0,
    [490529378662635, 35, 0, 510182921539350, 974007285341865, 659692473877145, 0],
  ],
  [
    'whose record went into that of somebody deleted here waits for a person, and that is said',
    0,
    [472300685923920, 379216944080405, 0, 109289624352945, 1011927960349555, 0],
  ],
  [
    'whose address two leads have waits for a person, though neither of the two is in the CRM any more',
    0,
    [5, 1125899906842615, 1057270285955790, 700123494691330, 283145346303155, 654431550873455],
  ],
  [
    'what we wrote into a record before it went into the bin is no value of theirs when it comes back',
    0,
    [249995809789255, 68587506366730, 38878870021955, 85304456961465, 0, 272230424940385, 0],
  ],
  [
    'a lead that became a contact, which went into the bin before we knew, is not in the CRM any more',
    12_800,
    [795521782298425, 0, 184296331626445, 195269210409285, 0],
  ],
  [
    'a lead that was a contact already, too, and became another one stays the contact it was',
    12_800,
    [158923175045565, 145050054420380, 334959369398845, 0],
  ],
  [
    'whose contact is gone is not gone as long as the lead there is theirs, too',
    92_196,
    [821651265162275, 0, 859232085367955, 1002232362919595],
  ],
  [
    'a lead that became the contact of another lead, and was a contact of its own, stays in step with that',
    12_800,
    [594687168555020, 1060348817443955, 82268620480250, 928503026458125, 901083983859110, 652590329672820, 314276629766365, 0],
  ],
  [
    'nor where a fault of ours kept that from being noted with the contact',
    12_800,
    [724240473710645, 324554535274800, 233649399746625, 154098490569755, 804233888728700, 83809838971230, 0],
  ],
  [
    'who was deleted here while being made there does not come back as the contact that the lead became',
    12_800,
    [1040459494440000, 789538369479420, 25, 875792328866430, 46682777555725],
  ],
  [
    'who was deleted here comes back by no record of theirs, also not by one that was beside the one in step',
    12_800,
    [913789196134720, 701827404571975, 904266644378390, 848167123843580, 0],
  ],
  [
    'what was left half read is read to the same moment as the rest, so that who was converted is not met as somebody new',
    12_800,
    [0, 1098496762851135, 978581476729485, 110953812131520, 351692457859340, 10216755467170, 713638405950685, 545085887802415],
  ],
  [
    'whose address is that of a record that waits for a person waits with it',
    115_200,
    [681558862650600, 36148743580835, 396903183662714, 949473843906335, 0, 76502777726605, 122600488209925],
  ],
  [
    'a lead that is a contact of its own by now waits no more because the one it became before was another lead',
    115_200,
    [112775079792555, 685057260498420, 275625273822760, 127956040397200, 0, 434336319599915, 516177647976750, 942279838354705],
  ],
  [
    'what a lead of a contact became there, beside that contact, comes in no more once both were deleted here as one',
    115_200,
    [245061606453655, 267405386488535, 374807219784600, 611812254364405, 434117666899330, 457927528672930, 0],
  ],
  [
    'what was cleared here while they were a lead there is cleared in the contact that it became, though that has a map of its own',
    115_200,
    [896024399079935, 1071616676504390, 1093088780383705, 148453655330795, 1096867021884845, 0],
  ],
  [
    'whose record was removed there, and with it the lead, comes in again from the bin, though a first try to make it was never found',
    174_975,
    [439452272405705, 581704228239290, 0, 200710626620255, 615672563088565, 0, 602250196600955, 0],
  ],
  [
    'what a write went over, that was under way as its lead was deleted here, goes with the lead like all that is told of it',
    10_102,
    [717128355005805, 0, 194429896764810, 0],
  ],
];
