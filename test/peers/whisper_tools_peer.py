# Debian's whisper tools as a peer: one [tool, arguments, now] a line on stdin, one [exit code, stdout, stderr] a line
# on stdout. Each runs as the script that it is, at the time that it is told.
import contextlib, io, json, os, runpy, sys, time, traceback
import builtins
import whisper

whisper.set = lambda intervals: sorted(builtins.set(intervals))  # see whisper_peer.py


def run(tool, arguments, now):
    out, err = io.StringIO(), io.StringIO()
    code = 0
    time.time = lambda: now
    whisper.LOCK = False
    sys.argv = [tool, *arguments]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            runpy.run_path(os.path.join("/usr/bin", tool), run_name="__main__")
        except SystemExit as end:
            code = end.code or 0
            if isinstance(code, str):
                print(code, file=sys.stderr)
                code = 1
        except BaseException:
            traceback.print_exc()
            code = 1
    return [code, out.getvalue(), err.getvalue()]


for line in sys.stdin:
    print(json.dumps(run(*json.loads(line))), flush=True)
