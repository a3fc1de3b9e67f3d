/** What `--help` prints. */
export const HELP = `CloudTrail Investigator: read CloudTrail logs where they are, offline.

Usage
  cloudtrail-investigator <command> [options] PATH…

A PATH is a file or a folder. Files are told by what is in them: delivered .json and .json.gz, LookupEvents
answers, JSON lines, CloudWatch Logs exports, EventBridge, Athena and console CSV, and more; gzip, zstd and zip
are unpacked. Folders are walked.

Commands
  inspect PATH…   what each file is, how many records it holds, what is wrong with it
      --format table|json            (default table)
  events PATH…    the events, in the order they stand in the files
      --format table|ndjson|csv|json (default table; ndjson is each record exactly as delivered)
      --unique                       print an event that was delivered twice once
  findings PATH…  what the built-in rules find, most severe first
      --severity info|low|medium|high|critical
                                     the least severe to print (default low)
      --format table|json|sarif      (default table)
      --attack v19|v18               names of ATT&CK tactics and techniques (default v19)

  --version, --help

Exit codes
  0  something was printed        2  the command line makes no sense
  1  nothing was found            3  something could not be read; the rest was printed

Examples
  cloudtrail-investigator inspect trail-bucket/
  cloudtrail-investigator events --format ndjson 111122223333_CloudTrail_us-east-1_20260304T0500Z_x.json.gz | jq .eventName
  cloudtrail-investigator events --format csv AWSLogs/ > events.csv
  cloudtrail-investigator findings --severity high AWSLogs/
  cloudtrail-investigator findings --format sarif AWSLogs/ > findings.sarif
`;
